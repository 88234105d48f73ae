using CfAccess.Emulator.Tokens;

namespace CfAccess.Emulator.Callers;

/// <summary>What is wrong with a person or a service token. The path names where it stands.</summary>
internal static class CallerRules
{
    private const int LongestWord = 320;

    public static IEnumerable<string> Of(string path, AccessEmulatorPerson person)
    {
        if (!IsEmail(person.Email))
        {
            yield return $"{path}: Email has to be an e-mail address such as alice@example.com.";
        }

        if (!IsWord(person.Country) || !IsWord(person.IdentityProvider))
        {
            yield return $"{path}: Country and IdentityProvider have to be words, or left out.";
        }

        if (person.Groups.Any(string.IsNullOrWhiteSpace))
        {
            yield return $"{path}: Groups has an empty name.";
        }

        if (person.Groups.Count > 0 && person.Custom.ContainsKey(CustomClaims.Groups))
        {
            yield return $"{path}: Groups and Custom both give the member groups. Write one of them.";
        }
    }

    public static IEnumerable<string> Of(string path, AccessEmulatorServiceToken serviceToken)
    {
        if (!IsWord(serviceToken.ClientId))
        {
            yield return $"{path}: ClientId has to be a word without blanks.";
        }

        if (serviceToken.ClientSecret is { } secret && !IsWord(secret))
        {
            yield return $"{path}: ClientSecret has to be a word without blanks, or left out to have one made at each start.";
        }
    }

    public static bool IsEmail(string? value) => IsWord(value) && value!.LastIndexOf('@') is var at and > 0 && at < value.Length - 1;

    /// <summary>They travel in headers, so they hold printable characters only.</summary>
    public static bool IsWord(string? value) =>
        value is { Length: > 0 and <= LongestWord } && !value.Any(character => char.IsWhiteSpace(character) || char.IsControl(character));
}
