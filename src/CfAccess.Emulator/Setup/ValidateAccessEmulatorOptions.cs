using Microsoft.Extensions.Options;

namespace CfAccess.Emulator.Setup;

/// <summary>Tells everything that is wrong with the emulator's options, all at once.</summary>
internal sealed class ValidateAccessEmulatorOptions : IValidateOptions<AccessEmulatorOptions>
{
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
        List<string> failures = [.. Issuer(options), .. Duration(options), .. People(options), .. ServiceTokens(options)];
        return failures.Count > 0 ? ValidateOptionsResult.Fail(failures) : ValidateOptionsResult.Success;
    }

    private static IEnumerable<string> Issuer(AccessEmulatorOptions options)
    {
        var good = Uri.TryCreate(options.Issuer, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
            && string.Equals(uri.OriginalString.TrimEnd('/'), uri.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase)
            && uri.UserInfo.Length == 0;
        if (!good)
        {
            yield return $"Issuer of the Access emulator must be an origin such as {AccessEmulatorDefaults.Issuer}, with no path.";
        }
    }

    private static IEnumerable<string> Duration(AccessEmulatorOptions options)
    {
        if (options.SessionDuration < ShortestSession || options.SessionDuration > LongestSession)
        {
            yield return "SessionDuration of the Access emulator must be between 1 minute and 31 days.";
        }
    }

    private static IEnumerable<string> People(AccessEmulatorOptions options)
    {
        if (options.People is not { } people)
        {
            return ["People of the Access emulator must not be null; an empty list means that nobody can log in."];
        }

        return people
            .Where(person => !IsWord(person.Email))
            .Select(person => $"A person of the Access emulator ({person.Name ?? "no name"}) must have an e-mail address without blanks.")
            .Concat(Twice(people.Select(person => person.Email), StringComparer.OrdinalIgnoreCase)
                .Select(email => $"The Access emulator has more than one person with the e-mail address {email}."));
    }

    private static IEnumerable<string> ServiceTokens(AccessEmulatorOptions options)
    {
        if (options.ServiceTokens is not { } serviceTokens)
        {
            return ["ServiceTokens of the Access emulator must not be null; an empty list means that no service is let in."];
        }

        return serviceTokens
            .Where(one => !IsWord(one.ClientId) || (one.ClientSecret is { } secret && !IsWord(secret)))
            .Select(one => $"A service token of the Access emulator ({one.Name ?? "no name"}) must have a Client ID, and a Client Secret or "
                + "none, without blanks.")
            .Concat(Twice(serviceTokens.Select(one => one.ClientId), StringComparer.Ordinal)
                .Select(clientId => $"The Access emulator has more than one service token with the Client ID {clientId}."));
    }

    /// <summary>They travel in headers, so they hold printable characters only.</summary>
    private static bool IsWord(string? value) =>
        !string.IsNullOrEmpty(value) && !value.Any(character => char.IsWhiteSpace(character) || char.IsControl(character));

    private static IEnumerable<string> Twice(IEnumerable<string> values, StringComparer comparer) =>
        values.Where(IsWord).GroupBy(value => value, comparer).Where(group => group.Count() > 1).Select(group => group.Key);
}
