using CfAccess.Testing.Properties;

namespace CfAccess.AspNetCore.Tests.Differential;

/// <summary>One rule by which a token is accepted that both handlers reject.</summary>
/// <param name="Name">The rule, in words.</param>
/// <param name="Applies">Whether it is about a token made so.</param>
internal sealed record LooserRule(string Name, Func<Specimen, bool> Applies);

/// <summary>The table of all of them: each is about a member that nobody reads, so that it cannot change who is calling.</summary>
internal static class LooserRules
{
    private static readonly string[] Read =
    [
        "iss", "aud", "exp", "nbf", "iat", "type", "email", "sub", "common_name", "custom", "alg", "kid", "typ", "cty", "zip",
    ];

    public static IReadOnlyList<LooserRule> All { get; } =
    [
        new("jti is not a string", token => StricterRules.IsOther(token.Payload, "jti")),
        new("a lone surrogate in a member that is not read", token =>
            token.Header.Members.Exists(HoldsUnreadSurrogate) || token.Payload.Members.Exists(HoldsUnreadSurrogate)),
    ];

    public static bool IsRead(string name) => Read.Contains(name);

    /// <summary>Nothing of this corpus writes a whole pair with escapes.</summary>
    public static bool HoldsLoneSurrogate(string json) => json.Contains("\\ud", StringComparison.Ordinal);

    private static bool HoldsUnreadSurrogate(JsonMember member) =>
        HoldsLoneSurrogate(member.Name) || (!IsRead(member.Name) && HoldsLoneSurrogate(member.Value));
}
