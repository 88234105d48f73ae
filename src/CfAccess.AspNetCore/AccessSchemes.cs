using System.Collections.Concurrent;
using CfAccess.AspNetCore.Claims;
using CfAccess.AspNetCore.Diagnostics;
using CfAccess.AspNetCore.Identity;
using CfAccess.AspNetCore.Keys;
using CfAccess.AspNetCore.Sharing;
using CfAccess.AspNetCore.Teams;
using CfAccess.AspNetCore.Tokens;
using CfAccess.AspNetCore.Tokens.Cache;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CfAccess.AspNetCore;

/// <summary>What each scheme needs for longer than a request: its teams with their keys, and its validator with its cache.</summary>
internal sealed class AccessSchemes(
    IOptionsMonitor<CloudflareAccessOptions> options,
    IHttpClientFactory clients,
    IHostEnvironment environment,
    IServiceProvider services,
    SafeLoggerFactory loggers,
    TrustedTeams trustedTeams,
    AccessMetrics metrics,
    AccessTraces traces) : IDisposable
{
    /// <summary>A slow cache must not cost more than the call that it saves.</summary>
    private const double CacheShare = 0.25;

    private readonly ConcurrentDictionary<string, Lazy<TokenValidator>> _validators = new(StringComparer.Ordinal);
    private volatile bool _askForGroups;

    /// <summary>Whether some callers have roles that are requested on demand.</summary>
    public bool AskForRoles => _askForGroups && !trustedTeams.HasSeveralThatCreateRoles;

    public TokenValidator Get(string scheme) => _validators.GetOrAdd(
        scheme, static (name, schemes) => new Lazy<TokenValidator>(() => schemes.Create(name)), this).Value;

    public void Dispose()
    {
        foreach (var validator in _validators.Values.Where(validator => validator.IsValueCreated))
        {
            validator.Value.Dispose();
        }
    }

    private TokenValidator Create(string scheme)
    {
        var settings = options.Get(scheme);
        var rules = new ClaimRules(settings.ClockSkew, settings.TimeProvider!);
        return new TokenValidator(
            [.. settings.TeamsInEffect().Select(team => CreateTeam(team, settings, scheme))],
            settings.MaxTokenLength,
            rules,
            new PrincipalFactory(settings, scheme, trustedTeams),
            settings.TokenCache.Enabled ? new TokenCache(settings.TokenCache, rules, settings.TimeProvider!, metrics) : null,
            traces);
    }

    private string IssuerOf(CloudflareAccessTeam team, CloudflareAccessOptions settings) =>
        TeamDomain.TryGetIssuer(team.TeamDomain, settings.AllowCustomTeamDomain, environment.IsDevelopment(), out var issuer)
            ? issuer
            : throw new InvalidOperationException("The options were changed after they were validated.");

    private AccessTeam CreateTeam(CloudflareAccessTeam team, CloudflareAccessOptions settings, string scheme)
    {
        var issuer = IssuerOf(team, settings);
        var timeProvider = settings.TimeProvider!;
        var logger = loggers.CreateLogger(LogCategories.Keys);
        var url = new Uri(issuer + CloudflareAccessDefaults.KeySetPath);
        var diagnostics = new KeyDiagnostics(logger, metrics, traces, url);
        var fetcher = new KeySetFetcher(clients, url, settings.Keys, timeProvider);
        var shared = settings.Keys.Shared
            ? new SharedKeySets(CreateEntries(settings.Keys.FetchTimeout, timeProvider, diagnostics.NotShared), url, settings.Keys, timeProvider)
            : null;
        var refresher = new KeyRefresher(fetcher, shared, settings.Keys, timeProvider, diagnostics);
        var keys = new SigningKeyProvider(refresher, settings.Keys, timeProvider, diagnostics);
        metrics.Observe(scheme, issuer, () => keys.Report().Age);
        if (team.GroupsFromIdentity && settings.Identity.Load == CloudflareAccessIdentityLoad.OnDemand)
        {
            _askForGroups = true;
        }

        return new AccessTeam(
            issuer, team.Audiences, team.GroupsClaim, team.GroupsFromIdentity, keys, CreateIdentities(issuer, settings, timeProvider));
    }

    private SharedEntries CreateEntries(TimeSpan timeout, TimeProvider timeProvider, Action<string> report) => new(
        new ResponsiveCache(services.GetRequiredService<IDistributedCache>(), timeout, timeProvider),
        services.GetRequiredService<IDataProtectionProvider>(),
        timeProvider,
        report);

    private IdentitySource CreateIdentities(string issuer, CloudflareAccessOptions settings, TimeProvider timeProvider)
    {
        var url = new Uri(issuer + CloudflareAccessDefaults.IdentityPath);
        var diagnostics = new IdentityDiagnostics(
            loggers.CreateLogger(LogCategories.Identity), metrics, traces, issuer, url, settings.Identity.Required);
        var parser = new IdentityParser(settings.Identity.IdentityProviders);
        var shared = settings.Identity.Shared
            ? new SharedIdentities(
                CreateEntries(settings.Identity.Timeout * CacheShare, timeProvider, diagnostics.NotShared),
                issuer,
                parser,
                settings.Identity,
                timeProvider)
            : null;
        var fetcher = new IdentityFetcher(clients, url, parser, settings.Identity, timeProvider);
        var notes = new IdentityNotes(settings.TokenCache.TokenValidatedOncePerToken);
        return new IdentitySource(fetcher, shared, settings.Identity, timeProvider, diagnostics, notes);
    }
}
