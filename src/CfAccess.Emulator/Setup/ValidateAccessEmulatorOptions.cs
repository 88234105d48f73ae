using CfAccess.Emulator.Applications;
using CfAccess.Emulator.Callers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace CfAccess.Emulator.Setup;

/// <summary>Tells everything that is wrong with the emulator's options, all at once.</summary>
internal sealed class ValidateAccessEmulatorOptions : IValidateOptions<AccessEmulatorOptions>
{
    private const string Section = AccessEmulatorDefaults.ConfigurationSection;
    private static readonly TimeSpan ShortestSession = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestSession = TimeSpan.FromDays(31);

    public static void ThrowIfWrong(AccessEmulatorOptions options)
    {
        var result = new ValidateAccessEmulatorOptions().Validate(name: null, options);
        if (result.Failed)
        {
            throw new OptionsValidationException(string.Empty, typeof(AccessEmulatorOptions), result.Failures);
        }
    }

    public ValidateOptionsResult Validate(string? name, AccessEmulatorOptions options)
    {
        List<string> errors = [.. options.ConfigurationErrors, .. Own(options), .. Parts(options), .. Lists(options)];
        return errors.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"The settings of the Cloudflare Access emulator are wrong:{Environment.NewLine}"
                + string.Join(Environment.NewLine, errors.Select(error => "  - " + error)));
    }

    private static IEnumerable<string> Own(AccessEmulatorOptions options)
    {
        if (!IsOrigin(options.Issuer))
        {
            yield return $"{Section}:Issuer has to be an origin such as {AccessEmulatorDefaults.Issuer}, with no path.";
        }

        if (options.SessionDuration < ShortestSession || options.SessionDuration > LongestSession)
        {
            yield return $"{Section}:SessionDuration has to be from {ShortestSession} to {LongestSession}.";
        }

        if (!Enum.IsDefined(options.CookieSameSite))
        {
            yield return $"{Section}:CookieSameSite has to be None, Lax, or Strict.";
        }

        if (options.MintSecret is { } secret && !CallerRules.IsWord(secret))
        {
            yield return $"{Section}:MintSecret has to be a word without blanks, or left out to have one made at each start.";
        }

        if (options.AllowedHosts?.Any(host => Uri.CheckHostName(host) == UriHostNameType.Unknown) ?? true)
        {
            yield return $"{Section}:AllowedHosts has to be a list of host names without a port, such as app.test.";
        }
    }

    private static IEnumerable<string> Parts(AccessEmulatorOptions options)
    {
        foreach (var error in options.Parts.SelectMany(part => part.Check(options)))
        {
            yield return error;
        }

        const string apiShield = AccessEmulatorDefaults.ApiShieldSection;
        if (options.Settings?.GetSection(apiShield).Exists() is true && options.Parts.TrueForAll(part => part.Section != apiShield))
        {
            yield return $"{Section}:{apiShield} is set, but the package that reads it is not in use. Install CfAccess.Emulator.ApiShield, and add "
                + "builder.AddCloudflareAccessEmulatorApiShield(). Or remove the section.";
        }
    }

    private static IEnumerable<string> Lists(AccessEmulatorOptions options)
    {
        if (options is not { People: not null, ServiceTokens: not null, Applications: not null })
        {
            return [$"People, ServiceTokens and Applications of {Section} must not be null. Write an empty list for none."];
        }

        return
        [
            .. options.People.Index().SelectMany(one => CallerRules.Of($"{Section}:People:{one.Index}", one.Item)),
            .. Repeated(options.People.Select(person => person.Email), StringComparer.OrdinalIgnoreCase)
                .Select(email => $"{Section}:People has {email} more than once."),
            .. options.ServiceTokens.Index().SelectMany(one => CallerRules.Of($"{Section}:ServiceTokens:{one.Index}", one.Item)),
            .. Repeated(options.ServiceTokens.Select(one => one.ClientId), StringComparer.Ordinal)
                .Select(clientId => $"{Section}:ServiceTokens has the Client ID {clientId} more than once."),
            .. ApplicationRules.Of($"{Section}:Applications", options),
        ];
    }

    private static bool IsOrigin(string? issuer) =>
        Uri.TryCreate(issuer, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
        && string.Equals(uri.OriginalString.TrimEnd('/'), uri.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase)
        && uri.UserInfo.Length == 0;

    /// <summary>Empty ones are told of as what they are.</summary>
    private static IEnumerable<string> Repeated(IEnumerable<string> values, StringComparer comparer) =>
        values.Where(CallerRules.IsWord).GroupBy(value => value, comparer).Where(group => group.Count() > 1).Select(group => group.Key);
}
