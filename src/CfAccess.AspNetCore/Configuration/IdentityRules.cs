namespace CfAccess.AspNetCore.Configuration;

/// <summary>What has to hold between the options about identities and groups.</summary>
internal static class IdentityRules
{
    private static readonly TimeSpan Tenth = TimeSpan.FromMilliseconds(100);

    public static void Check(string path, CloudflareAccessOptions options, List<string> errors)
    {
        if (!OptionRules.IsThere($"{path}:Identity", options.Identity, errors))
        {
            return;
        }

        var identity = options.Identity;
        CheckRanges($"{path}:Identity", identity, errors);
        CheckProviders($"{path}:Identity", identity, errors);
        var isSingle = options.Teams is not { Count: > 0 };
        var teams = options.TeamsInEffect().OfType<CloudflareAccessTeam>().ToList();
        foreach (var (index, team) in teams.Index())
        {
            CheckGroups(isSingle ? path : $"{path}:Teams:{index}", team, identity, errors);
        }

        if (identity.Load == CloudflareAccessIdentityLoad.AtAuthentication && !teams.Exists(team => team.GroupsFromIdentity))
        {
            var place = isSingle ? $"{path}:GroupsFromIdentity" : $"GroupsFromIdentity of a team in {path}:Teams";
            errors.Add(
                $"{path}:Identity:Load is AtAuthentication, but no groups come from there. Set {place} to true, or leave Load out.");
        }
    }

    private static void CheckRanges(string path, CloudflareAccessIdentityOptions identity, List<string> errors)
    {
        OptionRules.Range($"{path}:CacheDuration", identity.CacheDuration, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), errors);
        OptionRules.Range($"{path}:Timeout", identity.Timeout, Tenth, TimeSpan.FromMinutes(1), errors);
        OptionRules.Range($"{path}:Cooldown", identity.Cooldown, Tenth, TimeSpan.FromMinutes(5), errors);
        OptionRules.Range($"{path}:MaximumAnswerSize", identity.MaximumAnswerSize, 1024, 16 * 1024 * 1024, errors);
        OptionRules.Range($"{path}:MaximumBytes", identity.MaximumBytes, 64 * 1024, 1024 * 1024 * 1024, errors);
        if (!Enum.IsDefined(identity.Load))
        {
            errors.Add($"{path}:Load is {identity.Load}. Write {string.Join(", ", Enum.GetNames<CloudflareAccessIdentityLoad>())}.");
        }
    }

    private static void CheckProviders(string path, CloudflareAccessIdentityOptions identity, List<string> errors)
    {
        if (identity.IdentityProviders is null)
        {
            errors.Add($"{path}:IdentityProviders is null. Leave it empty where all of them count.");
        }
        else if (identity.IdentityProviders.Any(provider => string.IsNullOrWhiteSpace(provider) || provider.Trim() != provider))
        {
            errors.Add($"{path}:IdentityProviders has an entry that is empty or has blanks around it. Write ids or types, such as okta.");
        }
    }

    private static void CheckGroups(string path, CloudflareAccessTeam team, CloudflareAccessIdentityOptions identity, List<string> errors)
    {
        if (team is { GroupsClaim: not null, GroupsFromIdentity: true })
        {
            errors.Add($"{path}:GroupsFromIdentity is true beside GroupsClaim. Groups come from one place: leave one of the two out.");
        }
        else if (team.GroupsClaim is not null && identity.IdentityProviders is { Count: > 0 })
        {
            errors.Add(
                $"{path}:GroupsClaim cannot be limited by Identity:IdentityProviders, since a token does not tell its provider. "
                + "Set GroupsFromIdentity in place of GroupsClaim.");
        }
    }
}
