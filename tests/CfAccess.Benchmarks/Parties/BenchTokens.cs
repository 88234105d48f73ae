using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CfAccess.Testing;

namespace CfAccess.Benchmarks.Parties;

/// <summary>Tokens that are none, or not good, each in one way.</summary>
internal static class BenchTokens
{
    public const string Text = "garbage";

    private static readonly TokenMinter Stranger = new(TimeProvider.System, TestKey.Get("stranger"));

    private static readonly string Good = BenchTeam.Person(0);

    private static readonly string SmallSignature = Enumerable.Range(0, int.MaxValue)
        .Select(number => Stranger.Sign(BenchTeam.Payload(number))).First(HasSmallSignature).Split('.')[2];

    /// <summary>Three segments of base64url as long as a token's, that hold noise.</summary>
    public static string ThreeRandomParts { get; } = $"{Noise(102)}.{Noise(432)}.{Noise(256)}";

    public static string AlgorithmNone { get; } = WithHeader("""{"alg":"none","typ":"JWT"}""");

    public static string Hmac { get; } = WithHeader($$"""{"alg":"HS256","kid":"{{BenchTeam.Key.Kid}}","typ":"JWT"}""");

    public static string CutHeader { get; } = WithHeader("{\"alg\":\"RS256\",\"kid\":\"" + BenchTeam.Key.Kid);

    /// <summary>Headers in braces that are JSON but for one mistake, a different one in each. What a mistake costs depends on where it is noticed.</summary>
    public static string[] MalformedHeaders { get; } =
    [
        WithHeader("""{"alg":"RS256","kid":current,"typ":"JWT"}"""),
        WithHeader("""{"alg":"RS256","kid":7c1f09aa,"typ":"JWT"}"""),
        WithHeader("""{"alg":"RS256","kid":"current","typ":"JWT",}"""),
        WithHeader("""{"alg":"RS256" "kid":"current","typ":"JWT"}"""),
        WithHeader("""{"alg" "RS256","kid":"current","typ":"JWT"}"""),
        WithHeader("""{"alg":"RS256","kid":"current,"typ":"JWT"}"""),
        WithHeader("""{"alg":"RS256","kid":"cur\rent\x","typ":"JWT"}"""),
        WithHeader("""{'alg':'RS256','kid':'current','typ':'JWT'}"""),
    ];

    /// <summary>
    /// Signed with a key that nobody publishes, each with a <c>kid</c> of its own: more than any memory of them holds. The signature is, as a
    /// number, below the modulus of every key: OpenSSL refuses others before it calculates anything.
    /// </summary>
    public static string[] UnknownKeys { get; } = [.. Enumerable.Range(0, 1_100).Select(UnknownKey)];

    public static string BadSignature { get; } = Good[..(Good.LastIndexOf('.') + 1)] + Noise(256);

    private static string UnknownKey(int number)
    {
        var header = Stranger.Header();
        header["kid"] = string.Create(CultureInfo.InvariantCulture, $"{number:00000000}{Stranger.Key.Kid[8..]}");
        var content = Stranger.Sign(header.ToJsonString(), BenchTeam.Payload(0).ToJsonString());
        return content[..(content.LastIndexOf('.') + 1)] + SmallSignature;
    }

    /// <summary>Whether the first bit of the signature is zero. That of a modulus is one.</summary>
    private static bool HasSmallSignature(string token) => Base64Url.DecodeFromChars(token.AsSpan(token.LastIndexOf('.') + 1))[0] < 0x80;

    private static string WithHeader(string json) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json)) + Good[Good.IndexOf('.', StringComparison.Ordinal)..];

    private static string Noise(int bytes) => Base64Url.EncodeToString(NoiseOf(bytes));

    /// <summary>The same noise in every run.</summary>
    private static byte[] NoiseOf(int bytes) => [.. Enumerable.Range(0, (bytes / 32) + 1).SelectMany(number => SHA256.HashData([(byte)number])).Take(bytes)];
}
