using CfAccess.AspNetCore.Claims;

namespace CfAccess.AspNetCore.Configuration;

/// <summary>The ranges of the options that are not about teams.</summary>
internal static class OptionRules
{
    private static readonly TimeSpan Tenth = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestRefreshInterval = TimeSpan.FromHours(24);

    /// <summary>Members of the token whose meaning a name or role must not take over, whatever its case: <c>RequireClaim</c> ignores it.</summary>
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        AccessClaimTypes.Audience,
        AccessClaimTypes.Country,
        AccessClaimTypes.Custom,
        AccessClaimTypes.Expiration,
        AccessClaimTypes.GroupId,
        AccessClaimTypes.IdentityNonce,
        AccessClaimTypes.IssuedAt,
        AccessClaimTypes.Issuer,
        AccessClaimTypes.NotBefore,
        AccessClaimTypes.Subject,
        AccessClaimTypes.Type,
    };

    public static void Check(string path, CloudflareAccessOptions options, List<string> errors)
    {
        Range($"{path}:ClockSkew", options.ClockSkew, TimeSpan.Zero, TimeSpan.FromMinutes(5), errors);
        Range($"{path}:MaxTokenLength", options.MaxTokenLength, 1024, 1024 * 1024, errors);
        if (!Enum.IsDefined(options.TokenSources))
        {
            errors.Add($"{path}:TokenSources is {options.TokenSources}. Write {string.Join(", ", Enum.GetNames<CloudflareAccessTokenSources>())}.");
        }

        if (options.EventsType is { } type && !typeof(CloudflareAccessEvents).IsAssignableFrom(type))
        {
            errors.Add($"{path}:EventsType is {type}, which is no {nameof(CloudflareAccessEvents)}. Derive it from that class.");
        }

        CheckClaimTypes(path, options, errors);
        if (IsThere($"{path}:TokenCache", options.TokenCache, errors))
        {
            Range($"{path}:TokenCache:MaximumEntries", options.TokenCache.MaximumEntries, 1, 1_000_000, errors);
            Range($"{path}:TokenCache:MaximumBytes", options.TokenCache.MaximumBytes, 64 * 1024, 1024 * 1024 * 1024, errors);
        }

        if (IsThere($"{path}:Keys", options.Keys, errors))
        {
            CheckKeys($"{path}:Keys", options.Keys, errors);
        }
    }

    public static bool IsThere(string path, object? section, List<string> errors)
    {
        if (section is null)
        {
            errors.Add($"{path} is null. Leave it as it is, and set its members.");
        }

        return section is not null;
    }

    private static void CheckClaimTypes(string path, CloudflareAccessOptions options, List<string> errors)
    {
        if (options.NameClaimType is { } name && (string.IsNullOrWhiteSpace(name) || Reserved.Contains(name) || IsOfCustom(name)))
        {
            errors.Add($"{path}:NameClaimType is '{name}', which means something else in a token. Leave it out, or write a type of your own.");
        }

        var role = options.RoleClaimType;
        if (string.IsNullOrWhiteSpace(role)
            || Reserved.Contains(role)
            || role.Equals(AccessClaimTypes.Email, StringComparison.OrdinalIgnoreCase)
            || role.Equals(AccessClaimTypes.CommonName, StringComparison.OrdinalIgnoreCase)
            || role.Equals(options.NameClaimType, StringComparison.OrdinalIgnoreCase)
            || IsOfCustom(role))
        {
            errors.Add($"{path}:RoleClaimType is '{role}', which means something else in a token. Leave it out, or write a type of your own.");
        }
    }

    /// <summary>Types that stand for the members of <c>custom</c>; <c>GroupsClaim</c> makes roles of one.</summary>
    private static bool IsOfCustom(string type) => type.StartsWith(CustomClaims.Prefix, StringComparison.OrdinalIgnoreCase);

    private static void CheckKeys(string path, CloudflareAccessKeyOptions keys, List<string> errors)
    {
        Range($"{path}:RefreshInterval", keys.RefreshInterval, TimeSpan.FromMinutes(1), LongestRefreshInterval, errors);
        Range($"{path}:Cooldown", keys.Cooldown, Tenth, TimeSpan.FromMinutes(5), errors);
        Range($"{path}:MaximumStaleness", keys.MaximumStaleness, Least(keys.RefreshInterval) * 1.5, TimeSpan.FromDays(7), errors);
        Range($"{path}:RetryDelay", keys.RetryDelay, Tenth, TimeSpan.FromHours(1), errors);
        Range($"{path}:MaximumRetryDelay", keys.MaximumRetryDelay, keys.RetryDelay, TimeSpan.FromHours(24), errors);
        Range($"{path}:FetchTimeout", keys.FetchTimeout, Tenth, TimeSpan.FromMinutes(1), errors);
        Range($"{path}:WaitBudget", keys.WaitBudget, TimeSpan.Zero, TimeSpan.FromMinutes(1), errors);
        Range($"{path}:MaximumAnswerSize", keys.MaximumAnswerSize, 1024, 16 * 1024 * 1024, errors);
        Range($"{path}:MaximumKeys", keys.MaximumKeys, 1, 1000, errors);
        if (!Enum.IsDefined(keys.Prewarm))
        {
            errors.Add($"{path}:Prewarm is {keys.Prewarm}. Write {string.Join(", ", Enum.GetNames<CloudflareAccessPrewarm>())}.");
        }
    }

    /// <summary>The refresh interval as far as it is in its own range, which is told of by itself.</summary>
    private static TimeSpan Least(TimeSpan refreshInterval) =>
        refreshInterval < LongestRefreshInterval ? refreshInterval : LongestRefreshInterval;

    public static void Range<T>(string path, T value, T minimum, T maximum, List<string> errors)
        where T : IComparable<T>
    {
        if (value.CompareTo(minimum) < 0 || value.CompareTo(maximum) > 0)
        {
            errors.Add($"{path} is {value}, but has to be from {minimum} to {maximum}.");
        }
    }
}
