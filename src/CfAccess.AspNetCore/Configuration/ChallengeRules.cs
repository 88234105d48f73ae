namespace CfAccess.AspNetCore.Configuration;

/// <summary>What the options about challenges must be, given the scheme's audiences.</summary>
internal static class ChallengeRules
{
    public static void Check(string path, CloudflareAccessOptions options, List<string> errors)
    {
        if (options.Challenge is not { } challenge)
        {
            errors.Add($"{path}:Challenge is null. Leave it as it is, and set its members.");
            return;
        }

        if (!Enum.IsDefined(challenge.Mode))
        {
            errors.Add($"{path}:Challenge:Mode is {challenge.Mode}. Write {string.Join(", ", Enum.GetNames<CloudflareAccessChallengeMode>())}.");
        }

        var audiences = options.TeamsInEffect().SelectMany(team => team?.Audiences ?? []).ToHashSet(StringComparer.Ordinal);
        if (challenge.Audience is { } audience && !audiences.Contains(audience))
        {
            errors.Add($"{path}:Challenge:Audience is '{audience}', which is none of the scheme's Audiences. "
                + "Write the AUD tag of the application that browsers shall log in to.");
        }
        else if (challenge is { Audience: null, Mode: CloudflareAccessChallengeMode.RedirectNavigations } && audiences.Count > 1)
        {
            errors.Add($"{path}:Challenge:Audience is missing. The scheme has several Audiences, and browsers are sent to the login of one: "
                + "write the AUD tag of the application that they shall log in to.");
        }
    }
}
