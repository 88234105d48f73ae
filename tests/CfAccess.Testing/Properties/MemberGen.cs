using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace CfAccess.Testing.Properties;

/// <summary>Generates names and values of JSON members, as they are written: harmless, wrong and hostile ones.</summary>
internal static class MemberGen
{
    private static readonly long Now = TestClock.DefaultStart.ToUnixTimeSeconds();

    private static readonly string[] Audiences =
    [
        $"\"{TestTeam.Audience}\"", $"[\"{TestTeam.Audience}\"]", $"[\"{TestTeam.OtherAudience}\",\"{TestTeam.Audience}\"]",
        $"\"{TestTeam.OtherAudience}\"", $"[\"{TestTeam.Audience}\",\"\"]", $"[\"{TestTeam.Audience}\",1]", $"[[\"{TestTeam.Audience}\"]]",
        $"\"{TestTeam.Audience}/\"", $"\" {TestTeam.Audience}\"", $"\"{TestTeam.Audience[..^1]}\"", "[]", "[\" \"]",
    ];

    private static readonly string[] Issuers =
    [
        $"\"{TestTeam.Issuer}\"", $"\"{TestTeam.Issuer}/\"", "\"https://acme.cloudflareaccess.co\"",
        "\"https://ACME.cloudflareaccess.com\"",
        "\"https:\\/\\/acme.cloudflareaccess.com\"", $"[\"{TestTeam.Issuer}\"]", "\"https://other.cloudflareaccess.com\"",
    ];

    private static readonly string[] Times =
    [
        .. new[] { -3600, -61, -60, -59, -1, 0, 1, 59, 60, 61, 3600 }.Select(offset => $"{Now + offset}"),
        "0", "-0", "-1", "1", $"{Now}.0", $"{Now}.5", $"\"{Now + 3600}\"", "1e10", "1e400", "253402300799", "253402300800",
        "9223372036854775807", "9223372036854775808", "-9223372036854775808",
    ];

    private static readonly string[] Algorithms =
    [
        "\"RS256\"", "\"rs256\"", "\"RS384\"", "\"RS512\"", "\"PS256\"", "\"ES256\"", "\"HS256\"", "\"none\"", "[\"RS256\"]",
        "\"\\u0052S256\"",
    ];

    private static readonly string[] KeyIds =
    [
        $"\"{FixedKeys.Current.Kid}\"", $"\"{FixedKeys.Previous.Kid}\"", $"\"{FixedKeys.Stranger.Kid}\"",
        $"\"{FixedKeys.Current.Kid.ToUpperInvariant()}\"", "\"\"", "\"../certs\"", "\"__proto__\"", "\"\\r\\n\"",
    ];

    private static readonly Gen<string> Text =
        ArbMap.Default.GeneratorFor<UnicodeString>().Select(text => JsonSerializer.Serialize(text.Item ?? string.Empty));

    private static readonly Gen<string> AnyValue = Gen.Frequency(
        (3, Text),
        (6, Gen.Elements(
            "null", "true", "false", "0", "-1", "1.5", "1e400", "\"\"", "\" \"", "[]", "{}", "\"x\"", "[1,\"a\",null,{}]",
            "{\"a\":1,\"a\":2}")),
        (1, Gen.Elements(
            "\"\\ud800\"", "[\"\\udc00\"]", "{\"\\ud800\":1}", "{\"a\":[{\"b\":\"\\udc00x\"}]}", "\"\\u0000\"",
            "01", "NaN", "'x'", "tru", "\"", "[", Nested(3), Nested(70))));

    /// <summary>Names that a header may have.</summary>
    public static Gen<string> HeaderNames { get; } = Gen.Frequency(
        (6, Gen.Elements(
            "alg", "kid", "typ", "cty", "zip", "enc", "crit", "b64", "jwk", "jku", "x5u", "x5c", "x5t", "x5t#S256", "x5T", "Alg", "KID")),
        (3, Gen.Elements("x", "", "nonce", "ver", "\\u0061lg", "k\\u0069d", "\\ud800")),
        (1, Text.Select(text => text[1..^1])));

    /// <summary>Names that a payload may have.</summary>
    public static Gen<string> PayloadNames { get; } = Gen.Frequency(
        (4, Gen.Elements("aud", "iss", "exp", "nbf", "iat", "type", "email", "sub", "common_name", "identity_nonce", "country", "custom")),
        (4, Gen.Elements(
            "jti", "azp", "nonce", "actort", "act", "groups", "role", "roles", "name", "scope", "cnf", "auth_time", "amr",
            "device_sessions",
            "http://schemas.microsoft.com/ws/2008/06/identity/claims/role", "custom:groups", "group_id", "x", "", "AUD", "Exp")),
        (1, Gen.Elements("\\u0061ud", "ex\\u0070", "\\ud800", "\\u0000", "__proto__")),
        (2, Text.Select(text => text[1..^1])));

    /// <summary>Values for a member of that name: half of them such as it might have, half of them any.</summary>
    public static Gen<string> ValuesOf(string name)
    {
        var own = name switch
        {
            "aud" => Audiences,
            "iss" => Issuers,
            "exp" or "nbf" or "iat" => Times,
            "type" => ["\"app\"", "\"org\"", "\"meta\"", "\"match\"", "\"App\"", "\"app \"", "\"\\u0061pp\""],
            "email" or "sub" or "common_name" => ["\"\"", "\"bob@example.com\"", "\"\\u0000\"", "[\"bob@example.com\"]"],
            "alg" => Algorithms,
            "kid" => KeyIds,
            "typ" or "cty" => ["\"JWT\"", "\"jwt\"", "\"JOSE\"", "\"at+jwt\"", "\"\""],
            "custom" => ["{\"groups\":[\"a\"]}", "{\"groups\":{\"name\":1}}", "[]"],
            _ => Array.Empty<string>(),
        };
        return own.Length == 0 ? AnyValue : Gen.Frequency((2, Gen.Elements(own)), (1, AnyValue));
    }

    private static string Nested(int depth) => new string('[', depth) + new string(']', depth);
}
