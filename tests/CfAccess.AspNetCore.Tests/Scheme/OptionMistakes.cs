namespace CfAccess.AspNetCore.Tests.Scheme;

/// <summary>Wrong settings, each with the lines that the start is stopped with.</summary>
public static class OptionMistakes
{
    public static TheoryData<string, string[], string[]> Rows => new()
    {
        { "nothing", [], ["TeamDomain is missing", "Audiences is empty"] },
        { "a look-alike", ["TeamDomain=evilcloudflareaccess.com"], ["TeamDomain is 'evilcloudflareaccess.com', which is no team domain", "Audiences is empty"] },
        { "one audience in place of a list", ["TeamDomain=acme", "Audiences=tag"], ["Audiences is a single value, but has to be a list. Write Authentication:Schemes:CloudflareAccess:Audiences:0"] },
        { "a misspelt key", ["TeamDomian=acme", "Audiences:0=tag"], ["TeamDomian is not a setting", "TeamDomain is missing"] },
        { "a misspelt key of the keys", ["TeamDomain=acme", "Audiences:0=tag", "Keys:CoolDownn=1"], ["Keys:CoolDownn is not a setting"] },
        { "unreadable values", ["TeamDomain=acme", "Audiences:0=tag", "ClockSkew=soon", "MaxTokenLength=big", "SaveToken=maybe", "TokenSources=Query", "Keys:Cooldown=10"], ["ClockSkew is 'soon'", "MaxTokenLength is 'big'", "SaveToken is 'maybe'", "TokenSources is 'Query'", "Keys:Cooldown is '10'"] },
        { "values out of range", ["TeamDomain=acme", "Audiences:0=tag", "ClockSkew=00:05:01", "MaxTokenLength=1023", "Keys:RefreshInterval=00:00:59", "Keys:Cooldown=00:00:00", "Keys:MaximumStaleness=8.00:00:00", "Keys:RetryDelay=02:00:00", "Keys:MaximumRetryDelay=2.00:00:00", "Keys:FetchTimeout=00:02:00", "Keys:WaitBudget=00:02:00", "Keys:MaximumAnswerSize=1", "Keys:MaximumKeys=0"], ["ClockSkew is 00:05:01", "MaxTokenLength is 1023", "RefreshInterval is", "Cooldown is", "MaximumStaleness is", "RetryDelay is", "MaximumRetryDelay is", "FetchTimeout is", "WaitBudget is", "MaximumAnswerSize is", "MaximumKeys is"] },
        { "a cache without room", ["TeamDomain=acme", "Audiences:0=tag", "TokenCache:MaximumEntries=0", "TokenCache:MaximumBytes=65535"], ["TokenCache:MaximumEntries is 0, but has to be from 1 to 1000000", "TokenCache:MaximumBytes is 65535, but has to be from 65536 to 1073741824"] },
        { "a cache beyond bounds", ["TeamDomain=acme", "Audiences:0=tag", "TokenCache:MaximumEntries=1000001", "TokenCache:MaximumBytes=1073741825"], ["TokenCache:MaximumEntries is 1000001", "TokenCache:MaximumBytes is 1073741825"] },
        { "a staleness below the refresh", ["TeamDomain=acme", "Audiences:0=tag", "Keys:MaximumStaleness=00:30:00"], ["MaximumStaleness is 00:30:00, but has to be from 01:30:00 to 7.00:00:00"] },
        { "sharing without a cache", ["TeamDomain=acme", "Audiences:0=tag", "Keys:Shared=true"], ["Keys:Shared is true, but the application has no IDistributedCache"] },
        { "values where there are sections", ["TeamDomain=acme", "Audiences:0=tag", "Keys=abc", "ClockSkew:foo=1"], ["Keys is a single value", "ClockSkew has settings below it"] },
        { "a list with a hole", ["TeamDomain=acme", "Audiences:0=", "Audiences:1:x=b"], ["Audiences:1 has to be a single value", "Audiences has an entry that is empty"] },
        { "one team where there is a list", ["TeamDomain=acme", "Audiences:0=tag", "Teams=acme"], ["Teams is a single value"] },
        { "the longest time there is", ["TeamDomain=acme", "Audiences:0=tag", "Keys:RefreshInterval=10675199.02:48:05", "ClockSkew=00:06:00"], ["RefreshInterval is", "MaximumStaleness is", "ClockSkew is"] },
        { "a blank audience", ["TeamDomain=acme", "Audiences:0= tag "], ["Audiences has an entry that is empty or has blanks"] },
        { "one team and several", ["TeamDomain=acme", "Teams:0:TeamDomain=acme", "Teams:0:Audiences:0=a"], ["Teams is set beside TeamDomain"] },
        { "one team twice", ["Teams:0:TeamDomain=acme", "Teams:0:Audiences:0=a", "Teams:1:TeamDomain=https://ACME.cloudflareaccess.com/", "Teams:1:Audiences:0=b"], ["Teams:1:TeamDomain names the team of an earlier entry"] },
        { "a team without settings", ["Teams:0:GroupsClaim=groups"], ["Teams:0:TeamDomain is missing", "Teams:0:Audiences is empty"] },
        { "a custom domain that was not allowed", ["TeamDomain=https://access.example.com", "Audiences:0=a"], ["set AllowCustomTeamDomain too"] },
        { "plain http", ["TeamDomain=http://access.example.com", "Audiences:0=a", "AllowCustomTeamDomain=true"], ["http only on this machine or in Development"] },
        { "a role type with another meaning", ["TeamDomain=acme", "Audiences:0=a", "RoleClaimType=email"], ["RoleClaimType is 'email'"] },
        { "a name type with another meaning", ["TeamDomain=acme", "Audiences:0=a", "NameClaimType=sub"], ["NameClaimType is 'sub'"] },
        { "a role type of custom", ["TeamDomain=acme", "Audiences:0=a", "RoleClaimType=custom:groups"], ["RoleClaimType is 'custom:groups'"] },
        { "a name type of custom", ["TeamDomain=acme", "Audiences:0=a", "NameClaimType=custom:name"], ["NameClaimType is 'custom:name'"] },
        { "identities out of range", ["TeamDomain=acme", "Audiences:0=a", "Identity:CacheDuration=00:00:00.5", "Identity:Timeout=00:01:01", "Identity:Cooldown=00:06:00", "Identity:MaximumAnswerSize=1", "Identity:MaximumBytes=1"], ["Identity:CacheDuration is", "Identity:Timeout is", "Identity:Cooldown is", "Identity:MaximumAnswerSize is", "Identity:MaximumBytes is"] },
        { "an unreadable way to load", ["TeamDomain=acme", "Audiences:0=a", "Identity:Load=Always"], ["Identity:Load is 'Always', but has to be one of OnDemand, AtAuthentication"] },
        { "groups from two places", ["TeamDomain=acme", "Audiences:0=a", "GroupsClaim=groups", "GroupsFromIdentity=true"], ["CloudflareAccess:GroupsFromIdentity is true beside GroupsClaim"] },
        { "groups from two places in a team", ["Teams:0:TeamDomain=acme", "Teams:0:Audiences:0=a", "Teams:0:GroupsClaim=groups", "Teams:0:GroupsFromIdentity=true"], ["Teams:0:GroupsFromIdentity is true beside GroupsClaim"] },
        { "a limit that a token cannot keep", ["TeamDomain=acme", "Audiences:0=a", "GroupsClaim=groups", "Identity:IdentityProviders:0=okta"], ["GroupsClaim cannot be limited by Identity:IdentityProviders"] },
        { "a blank provider", ["TeamDomain=acme", "Audiences:0=a", "Identity:IdentityProviders:0= okta"], ["Identity:IdentityProviders has an entry that is empty or has blanks"] },
        { "loading what nobody wants", ["TeamDomain=acme", "Audiences:0=a", "Identity:Load=AtAuthentication"], ["Identity:Load is AtAuthentication, but no groups come from there. Set Authentication:Schemes:CloudflareAccess:GroupsFromIdentity"] },
        { "loading what no team wants", ["Teams:0:TeamDomain=acme", "Teams:0:Audiences:0=a", "Identity:Load=AtAuthentication"], ["GroupsFromIdentity of a team in Authentication:Schemes:CloudflareAccess:Teams"] },
        { "identities shared without a cache", ["TeamDomain=acme", "Audiences:0=a", "Identity:Shared=true"], ["Identity:Shared is true, but the application has no IDistributedCache"] },
        { "groups beside several teams", ["GroupsFromIdentity=true", "Teams:0:TeamDomain=acme", "Teams:0:Audiences:0=a"], ["Teams is set beside TeamDomain, Audiences, GroupsClaim or GroupsFromIdentity"] },
        { "one type for name and role", ["TeamDomain=acme", "Audiences:0=a", "NameClaimType=x", "RoleClaimType=x"], ["RoleClaimType is 'x'"] },
    };
}
