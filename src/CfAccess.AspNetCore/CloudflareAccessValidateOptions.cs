using CfAccess.AspNetCore.Configuration;
using CfAccess.AspNetCore.Teams;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CfAccess.AspNetCore;

/// <summary>Checks a scheme's options when the application starts, and tells all that is wrong at once.</summary>
internal sealed class CloudflareAccessValidateOptions(IHostEnvironment environment, IServiceProviderIsService services) : IValidateOptions<CloudflareAccessOptions>
{
    public ValidateOptionsResult Validate(string? name, CloudflareAccessOptions options)
    {
        var path = $"Authentication:Schemes:{name}";
        List<string> errors = [.. options.ConfigurationErrors];
        CheckTeams(path, options, errors);
        OptionRules.Check(path, options, errors);
        ChallengeRules.Check(path, options, errors);
        IdentityRules.Check(path, options, errors);
        CheckShared($"{path}:Keys", options.Keys is { Shared: true }, errors);
        CheckShared($"{path}:Identity", options.Identity is { Shared: true }, errors);

        return errors.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"The settings of the Cloudflare Access scheme '{name}' are wrong:{Environment.NewLine}"
                + string.Join(Environment.NewLine, errors.Select(error => "  - " + error)));
    }

    private void CheckShared(string path, bool isShared, List<string> errors)
    {
        if (isShared && !services.IsService(typeof(IDistributedCache)))
        {
            errors.Add($"{path}:Shared is true, but the application has no IDistributedCache. Add one, or leave Shared out.");
        }

        if (isShared && !services.IsService(typeof(IDataProtectionProvider)))
        {
            errors.Add($"{path}:Shared is true, but the application has no Data Protection. Call services.AddDataProtection(), or leave Shared out.");
        }
    }

    private void CheckTeams(string path, CloudflareAccessOptions options, List<string> errors)
    {
        if (options.Teams is not { Count: > 0 })
        {
            CheckTeam(path, options.TeamDomain, options.Audiences, options.AllowCustomTeamDomain, errors);
            return;
        }

        if (options.TeamDomain is not null
            || options.Audiences is { Count: > 0 }
            || options.GroupsClaim is not null
            || options.GroupsFromIdentity)
        {
            errors.Add(
                $"{path}:Teams is set beside TeamDomain, Audiences, GroupsClaim or GroupsFromIdentity. Move them into an entry of Teams.");
        }

        var issuers = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, team) in options.Teams.Index())
        {
            var issuer = CheckTeam($"{path}:Teams:{index}", team?.TeamDomain, team?.Audiences, options.AllowCustomTeamDomain, errors);
            if (issuer is not null && !issuers.Add(issuer))
            {
                errors.Add($"{path}:Teams:{index}:TeamDomain names the team of an earlier entry. Write one entry with all its Audiences.");
            }
        }
    }

    private string? CheckTeam(string path, string? domain, IList<string>? audiences, bool allowCustom, List<string> errors)
    {
        if (!TeamDomain.TryGetIssuer(domain, allowCustom, environment.IsDevelopment(), out var issuer))
        {
            errors.Add(string.IsNullOrWhiteSpace(domain)
                ? $"{path}:TeamDomain is missing. Write your team's domain, such as acme.cloudflareaccess.com "
                    + "(Zero Trust dashboard: Settings, Team name and domain)."
                : $"{path}:TeamDomain is '{domain}', which is no team domain. " + DomainHint(allowCustom));
        }

        if (audiences is not { Count: > 0 })
        {
            errors.Add($"{path}:Audiences is empty. Write the application's AUD tag as {path}:Audiences:0 "
                + "(Zero Trust dashboard: Access, Applications, the application, Application Audience (AUD) Tag).");
        }
        else if (audiences.Any(audience => string.IsNullOrWhiteSpace(audience) || audience.Trim() != audience))
        {
            errors.Add($"{path}:Audiences has an entry that is empty or has blanks around it. Write each AUD tag as it is in the dashboard.");
        }

        return issuer;
    }

    private static string DomainHint(bool allowCustom) => allowCustom
        ? "Write acme.cloudflareaccess.com, or a whole origin without a path, such as https://access.example.com:8443. Plain http is allowed only to a "
            + "loopback address or to localhost, such as http://localhost:5090, and in Development to any host."
        : "Write acme, acme.cloudflareaccess.com or https://acme.cloudflareaccess.com; "
            + "for another origin, of a test server say, set AllowCustomTeamDomain too.";
}
