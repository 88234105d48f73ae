using CfAccess.AspNetCore.Configuration;
using CfAccess.AspNetCore.Teams;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CfAccess.AspNetCore.ExternalEvaluation;

/// <summary>Tells everything that is wrong with the options, all at once.</summary>
internal sealed class ValidateEvaluationOptions(
    IEnumerable<SettingsName> names,
    IOptionsMonitor<CloudflareAccessOptions> schemes,
    IHostEnvironment environment,
    IServiceProviderIsService services) : IValidateOptions<CloudflareAccessExternalEvaluationOptions>
{
    private const string Section = CloudflareAccessDefaults.ExternalEvaluationSection;
    private static readonly TimeSpan Tenth = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ShortestOverlap = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongestKeyLifetime = TimeSpan.FromDays(365);

    public ValidateOptionsResult Validate(string? name, CloudflareAccessExternalEvaluationOptions options)
    {
        List<string> errors = [.. options.ConfigurationErrors];
        CheckTeam(options, errors);
        CheckStore(options, errors);
        OptionRules.Range($"{Section}:KeyLifetime", options.KeyLifetime, TimeSpan.FromHours(1), LongestKeyLifetime, errors);
        OptionRules.Range($"{Section}:KeyOverlap", options.KeyOverlap, ShortestOverlap, LongestOverlap(options.KeyLifetime), errors);
        OptionRules.Range($"{Section}:AnswerLifetime", options.AnswerLifetime, TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(10), errors);
        OptionRules.Range($"{Section}:Timeout", options.Timeout, Tenth, TimeSpan.FromMinutes(1), errors);
        if (options.SharedNonces && !HasDistributedCache)
        {
            errors.Add($"{Section}:SharedNonces is true, but the application has no IDistributedCache. Add one, or leave SharedNonces out.");
        }

        return errors.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"The settings of External Evaluation are wrong:{Environment.NewLine}"
                + string.Join(Environment.NewLine, errors.Select(error => "  - " + error)));
    }

    private bool HasDistributedCache => services.IsService(typeof(IDistributedCache));

    /// <summary>A lifetime out of its own range is told of by itself.</summary>
    private static TimeSpan LongestOverlap(TimeSpan lifetime) =>
        (lifetime < ShortestOverlap * 2 ? ShortestOverlap * 2 : lifetime < LongestKeyLifetime ? lifetime : LongestKeyLifetime) / 2;

    private void CheckStore(CloudflareAccessExternalEvaluationOptions options, List<string> errors)
    {
        var hasDirectory = !string.IsNullOrWhiteSpace(options.KeyDirectory);
        if (hasDirectory == options.KeysInDistributedCache)
        {
            errors.Add(hasDirectory
                ? $"{Section} has both KeyDirectory and KeysInDistributedCache. The keys are kept in one place: leave one of the two out."
                : $"{Section} does not say where the keys are kept that sign answers. Write the path of a directory that lasts as KeyDirectory, "
                    + "or KeysInDistributedCache: true.");
        }
        else if (options.KeysInDistributedCache && !HasDistributedCache)
        {
            errors.Add($"{Section}:KeysInDistributedCache is true, but the application has no IDistributedCache. Add one, or write KeyDirectory.");
        }
    }

    private void CheckTeam(CloudflareAccessExternalEvaluationOptions options, List<string> errors)
    {
        if (names.All(known => known.Name != options.Scheme))
        {
            errors.Add(
                $"{Section}:Scheme is '{options.Scheme}', of which nobody added settings. Call AddCloudflareAccess or AddCloudflareAccessKeys with "
                + $"that name. There are: {string.Join(", ", names.Select(known => known.Name).DefaultIfEmpty("none"))}.");
            return;
        }

        CloudflareAccessOptions scheme;
        try
        {
            scheme = schemes.Get(options.Scheme);
        }
        catch (OptionsValidationException)
        {
            // The scheme's own options stop the start with their own message; this one need not add to it.
            return;
        }

        var issuers = scheme.TeamsInEffect().Select(team => IssuerOf(team.TeamDomain, scheme)).ToList();
        if (options.Team is null && issuers.Count > 1)
        {
            errors.Add($"{Section}:Team is missing, but the scheme '{options.Scheme}' trusts several teams. Write the one that asks: {List(issuers)}.");
        }
        else if (options.Team is { } team && !issuers.Contains(IssuerOf(team, scheme), StringComparer.Ordinal))
        {
            errors.Add($"{Section}:Team is '{team}', which is no team of the scheme '{options.Scheme}'. Write the one that asks: {List(issuers)}.");
        }
    }

    private string? IssuerOf(string? team, CloudflareAccessOptions scheme) =>
        TeamDomain.TryGetIssuer(team, scheme.AllowCustomTeamDomain, environment.IsDevelopment(), out var issuer) ? issuer : null;

    private static string List(IEnumerable<string?> issuers) => string.Join(", ", issuers);
}
