using CfAccess.AspNetCore;

namespace CfAccess.Testing.Attacks;

/// <summary>A GET request, its headers just as they are: in this order, repeated, unchecked.</summary>
public sealed record AttackRequest(params IReadOnlyList<(string Name, string Value)> Headers)
{
    /// <summary>Path and query; without it the path of the attack.</summary>
    public string? Target { get; init; }

    /// <summary>A request as the edge sends it: the token in the assertion header.</summary>
    public static AttackRequest Asserting(string token) => new((CloudflareAccessDefaults.AssertionHeader, token));

    public static AttackRequest WithCookie(string cookie) => new(("Cookie", cookie));

    public static AttackRequest To(string target) => new() { Target = target };

    public AttackRequest And(string name, string value) => this with { Headers = [.. Headers, (name, value)] };

    public bool IsSameAs(AttackRequest other) => Target == other.Target && Headers.SequenceEqual(other.Headers);
}
