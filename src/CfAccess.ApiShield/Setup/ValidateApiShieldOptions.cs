using CfAccess.ApiShield.Operations;
using Microsoft.Extensions.Options;

namespace CfAccess.ApiShield.Setup;

/// <summary>Tells everything that is wrong with the options, all at once. The documents are checked when they are read.</summary>
internal sealed class ValidateApiShieldOptions : IValidateOptions<ApiShieldOptions>
{
    private const string Section = ApiShieldDefaults.ConfigurationSection;
    private const int ShortestLimit = 1024;
    private const int LongestLimit = 1024 * 1024;
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(1);

    public ValidateOptionsResult Validate(string? name, ApiShieldOptions options)
    {
        List<string> errors = [.. options.ConfigurationErrors, .. Documents(options), .. Choices(options), .. Aliases(options)];
        if (options.ReloadDelay < TimeSpan.Zero || options.ReloadDelay > LongestDelay)
        {
            errors.Add($"{Section}:ReloadDelay is {options.ReloadDelay}, but has to be from {TimeSpan.Zero} to {LongestDelay}.");
        }

        if (options.MaxTokenLength is < ShortestLimit or > LongestLimit)
        {
            errors.Add($"{Section}:MaxTokenLength is {options.MaxTokenLength}, but has to be from {ShortestLimit} to {LongestLimit}.");
        }

        return errors.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"The settings of API Shield are wrong:{Environment.NewLine}"
                + string.Join(Environment.NewLine, errors.Select(error => "  - " + error)));
    }

    private static IEnumerable<string> Documents(ApiShieldOptions options)
    {
        (string Key, ApiShieldDocumentSource? Source, string File)[] documents =
        [
            (nameof(options.Configurations), options.Configurations, "token-configurations.json"),
            (nameof(options.Rules), options.Rules, "token-rules.json"),
            (nameof(options.Operations), options.Operations, "operations.json"),
        ];
        if (options.RuleSetSource is not null)
        {
            return documents
                .Where(document => document.Source is not null)
                .Select(document => $"{Section}:{document.Key} is set, but {nameof(options.RuleSetSource)} in code supplies the rules. Remove one of the two.");
        }

        return documents
            .Where(document => document.Source is null)
            .Select(document => $"{Section}:{document.Key} is missing. Write the path of a file, such as {document.File}, or the objects themselves.");
    }

    private static IEnumerable<string> Choices(ApiShieldOptions options)
    {
        if (!Enum.IsDefined(options.Matching))
        {
            yield return $"{Section}:Matching is {options.Matching}. Write Origin or Edge.";
        }

        if (!Enum.IsDefined(options.UnknownHosts))
        {
            yield return $"{Section}:UnknownHosts is {options.UnknownHosts}. Write Block or Allow.";
        }

        if (!Enum.IsDefined(options.UnknownOperations))
        {
            yield return $"{Section}:UnknownOperations is {options.UnknownOperations}. Write Allow or Block.";
        }
    }

    private static IEnumerable<string> Aliases(ApiShieldOptions options)
    {
        if (options.HostAliases is null)
        {
            return [$"{Section}:HostAliases is null. Leave it as it is, and add to it."];
        }

        return options.HostAliases
            .Where(alias => !IsHost(alias.Key) || !IsHost(alias.Value))
            .Select(alias => $"{Section}:HostAliases:{alias.Key} has to make one host name another, without ports and variables, such as "
                + "localhost: api.example.com.");
    }

    private static bool IsHost(string? host) =>
        host is not null && HostTemplate.Parse(host, out _) is { HasVariables: false } parsed
        && parsed.Text.Equals(host, StringComparison.OrdinalIgnoreCase);
}
