using CfAccess.AspNetCore.Diagnostics;
using CfAccess.AspNetCore.ExternalEvaluation.Keys;
using CfAccess.AspNetCore.ExternalEvaluation.Nonces;
using CfAccess.AspNetCore.Identity;
using CfAccess.AspNetCore.Sharing;
using CfAccess.AspNetCore.Teams;
using CfAccess.AspNetCore.Tokens;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CfAccess.AspNetCore.ExternalEvaluation;

/// <summary>Puts External Evaluation together from the options.</summary>
internal static class EvaluationSetup
{
    public static Evaluator Create(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<CloudflareAccessExternalEvaluationOptions>>().Value;
        var scheme = services.GetRequiredService<IOptionsMonitor<CloudflareAccessOptions>>().Get(options.Scheme);
        var clock = scheme.TimeProvider!;
        var logger = services.GetRequiredService<SafeLoggerFactory>().CreateLogger(LogCategories.ExternalEvaluation);
        var lifetimes = new ClaimRules(scheme.ClockSkew, clock);
        var verifier = new EvaluationVerifier(
            TeamOf(services, options, scheme), lifetimes, new IdentityParser(scheme.Identity.IdentityProviders));
        return new Evaluator(
            verifier,
            NoncesOf(services, options, scheme, clock, logger),
            new EvaluationKeyRing(StoreOf(services, options, clock), new EvaluationKeyPlan(options), clock, logger),
            options,
            clock,
            new EvaluationDiagnostics(logger, services.GetRequiredService<AccessMetrics>()));
    }

    private static AccessTeam TeamOf(
        IServiceProvider services, CloudflareAccessExternalEvaluationOptions options, CloudflareAccessOptions scheme)
    {
        var teams = services.GetRequiredService<AccessSchemes>().Get(options.Scheme).Teams;
        if (options.Team is null)
        {
            return teams.Single();
        }

        var isDevelopment = services.GetRequiredService<IHostEnvironment>().IsDevelopment();
        return TeamDomain.TryGetIssuer(options.Team, scheme.AllowCustomTeamDomain, isDevelopment, out var issuer)
            ? teams.Single(team => team.Issuer == issuer)
            : throw new InvalidOperationException("The options were changed after they were validated.");
    }

    private static IEvaluationKeyStore StoreOf(
        IServiceProvider services, CloudflareAccessExternalEvaluationOptions options, TimeProvider clock)
    {
        var documents = new EvaluationKeyDocuments(services.GetRequiredService<IDataProtectionProvider>());
        return options.KeysInDistributedCache
            ? new DistributedKeyStore(
                CacheOf(services, DistributedKeyStore.Patience, clock), documents, options.KeyLifetime + options.KeyOverlap)
            : new DirectoryKeyStore(
                Path.GetFullPath(options.KeyDirectory!, services.GetRequiredService<IHostEnvironment>().ContentRootPath), documents);
    }

    private static INonceMemory NoncesOf(
        IServiceProvider services,
        CloudflareAccessExternalEvaluationOptions options,
        CloudflareAccessOptions scheme,
        TimeProvider clock,
        ILogger logger)
    {
        var own = new InstanceNonces(scheme.ClockSkew, clock);
        return options.SharedNonces
            ? new SharedNonces(own, CacheOf(services, SharedNonces.Patience, clock), scheme.ClockSkew, clock, logger)
            : own;
    }

    private static ResponsiveCache CacheOf(IServiceProvider services, TimeSpan timeout, TimeProvider clock) =>
        new(services.GetRequiredService<IDistributedCache>(), timeout, clock);
}
