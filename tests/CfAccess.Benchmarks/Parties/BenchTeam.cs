using System.Globalization;
using System.Text.Json.Nodes;
using CfAccess.Testing;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.Benchmarks.Parties;

/// <summary>The team that all parties trust, and the tokens that all of them judge.</summary>
internal static class BenchTeam
{
    /// <summary>As long as the token that the targets were set with.</summary>
    public const int TokenLength = 1074;

    private static readonly TimeSpan Life = TimeSpan.FromDays(1);

    public static TestKey Key { get; } = TestKey.Get("current");

    public static TokenMinter Minter { get; } = new(TimeProvider.System, Key);

    /// <summary>The published keys: two, as Access publishes them.</summary>
    public static TestKey[] Published { get; } = [TestKey.Get("previous"), Key];

    public static IEnumerable<SecurityKey> SecurityKeys =>
        Published.Select(key => new RsaSecurityKey(key.Rsa.ExportParameters(includePrivateParameters: false)) { KeyId = key.Kid });

    /// <summary>A person's token, no two numbers the same.</summary>
    public static string Person(int number, string issuer = TestTeam.Issuer) => Minter.Sign(Payload(number, issuer));

    /// <summary>So many tokens, made by all processors.</summary>
    public static string[] People(int count)
    {
        var tokens = new string[count];
        Parallel.For(0, count, number => tokens[number] = Person(number));
        return tokens;
    }

    public static JsonObject Payload(int number, string issuer = TestTeam.Issuer)
    {
        var payload = Minter.Person(string.Create(CultureInfo.InvariantCulture, $"person-{number:000000}@example.com"));
        payload["exp"] = TimeProvider.System.GetUtcNow().Add(Life).ToUnixTimeSeconds();
        payload["iss"] = issuer;

        // One attribute: each further one would be a claim more, and JwtBearer makes none of it.
        payload["custom"] = new JsonObject
        {
            ["department"] = "Research and development, building 4711, platform, on-call, cost center 000000000000004711",
        };
        return payload;
    }
}
