using System.Buffers.Text;
using System.Globalization;
using System.Numerics;

namespace CfAccess.Testing.Attacks;

/// <summary>Line 9: a signature that is not this text's, or not of this form.</summary>
internal static class SignatureAttacks
{
    private const string Refusal = "bad_signature";

    private static readonly string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    /// <summary>What a claim is refused for before the signature is looked at.</summary>
    private static readonly string[] Claims =
        ["invalid_claims", "unknown_issuer", "wrong_audience", "wrong_type", "expired", "not_yet_valid", "issued_in_future"];

    public static IEnumerable<Attack> All => [.. Values, .. Arithmetic, .. Strangers, .. Sweeps];

    private static IEnumerable<Attack> Values =>
    [
        Signature("all zero", signature => new byte[signature.Length]),
        Signature("all ones", signature => [.. signature.Select(_ => byte.MaxValue)]),
        Signature("of the number one", signature => [.. new byte[signature.Length - 1], 1]),
        Signature("of one byte", signature => [signature[0]]),
        Signature("of one zero byte", _ => [0]),
        Attack.OnToken(9, "a signature that is empty", "malformed", (_, token) => token[..(token.LastIndexOf('.') + 1)]),
        Signature("without its last byte", signature => signature[..^1]),
        Signature("without its first byte", signature => signature[1..]),
        Signature("cut in half", signature => signature[..(signature.Length / 2)]),
        Signature("with a zero byte behind", signature => [.. signature, 0]),
        Signature("with a zero byte in front", signature => [0, .. signature]),
        Signature("with a byte behind", signature => [.. signature, 0x5a]),
        Signature("twice", signature => [.. signature, .. signature]),
        Signature("of 8,000 bytes", signature => [.. signature, .. new byte[8000 - signature.Length]]),
        Signature("turned round", signature => [.. signature.Reverse()]),
        Attack.OnToken(9, "a signature without its last character", "malformed", (_, token) => token[..^1]),
    ];

    private static IEnumerable<Attack> Arithmetic =>
    [
        Attack.OnToken(9, "a signature greater by the modulus", Refusal, (bench, token) => WithSignature(
            token, signature => Bytes(Number(signature) + Modulus(bench), signature.Length))),
        Attack.OnToken(9, "a signature of the negative", Refusal, (bench, token) => WithSignature(
            token, signature => Bytes(Modulus(bench) - Number(signature), signature.Length))),
        Attack.OnToken(9, "the modulus as signature", Refusal, (bench, token) => WithSignature(
            token, signature => Bytes(Modulus(bench), signature.Length))),
        new(9, "a signature without the zero byte that it begins with", Refusal)
        {
            Good = bench => AttackRequest.Asserting(WithLeadingZero(bench)),
            Bad = (_, good) => [AttackRequest.Asserting(WithSignature(good.Headers[0].Value, signature => signature[1..]))],
        },
    ];

    private static IEnumerable<Attack> Strangers =>
    [
        Attack.OnToken(9, "the signature of another token of the same key", Refusal, (bench, token) =>
            $"{token[..token.LastIndexOf('.')]}.{bench.Service().Token.Split('.')[2]}"),
        Attack.OnToken(9, "the payload of another token of the same key", Refusal, (bench, token) =>
            $"{token.Split('.')[0]}.{bench.Service().Token.Split('.')[1]}.{token.Split('.')[2]}"),
        Attack.OnToken(9, "a signature over the payload alone", Refusal, (bench, token) =>
            $"{token[..token.LastIndexOf('.')]}.{bench.Team.SignSegments(string.Empty, token.Split('.')[1]).Split('.')[2]}"),
    ];

    private static IEnumerable<Attack> Sweeps =>
    [
        Attack.Sweep(9, "every bit of the signature changed, one at a time", Refusal, (_, token) => EveryBit(token, 2)),
        Attack.Sweep(9, "every bit of the payload changed, one at a time", Refusal, (_, token) => EveryBit(token, 1)) with
        {
            OtherReasons = ["malformed", .. Claims],
        },
        Attack.Sweep(9, "every bit of the header changed, one at a time", Refusal, (_, token) => EveryBit(token, 0)) with
        {
            OtherReasons = ["malformed", "unsupported_algorithm", "unknown_key"],
        },
        Attack.Sweep(9, "every character of the token changed to the next one, one at a time", Refusal, (_, token) =>
            EveryCharacter(token, 1)) with
        {
            OtherReasons = ["malformed", .. Claims, "unsupported_algorithm", "unknown_key"],
        },
        Attack.Sweep(9, "every character of the token changed to a distant one, one at a time", Refusal, (_, token) =>
            EveryCharacter(token, 32)) with
        {
            OtherReasons = ["malformed", .. Claims, "unsupported_algorithm", "unknown_key"],
        },
        Attack.Sweep(9, "every character of the token left out, one at a time", Refusal, (_, token) =>
            Enumerable.Range(0, token.Length).Select(at => token.Remove(at, 1))) with
        {
            OtherReasons = ["malformed", .. Claims, "unsupported_algorithm", "unknown_key"],
        },
    ];

    private static IEnumerable<string> EveryBit(string token, int segment)
    {
        var parts = token.Split('.');
        var bytes = Base64Url.DecodeFromChars(parts[segment]);
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            var changed = bytes.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            parts[segment] = Base64Url.EncodeToString(changed);
            yield return string.Join('.', parts);
        }
    }

    private static IEnumerable<string> EveryCharacter(string token, int distance) =>
        from at in Enumerable.Range(0, token.Length)
        let next = token[at] == '.' ? 'A' : Alphabet[(Alphabet.IndexOf(token[at], StringComparison.Ordinal) + distance) % Alphabet.Length]
        select string.Create(CultureInfo.InvariantCulture, $"{token.AsSpan(0, at)}{next}{token.AsSpan(at + 1)}");

    private static Attack Signature(string what, Func<byte[], byte[]> spoil) =>
        Attack.OnToken(9, $"a signature {what}", Refusal, (_, token) => WithSignature(token, spoil));

    private static string WithSignature(string token, Func<byte[], byte[]> spoil)
    {
        var at = token.LastIndexOf('.') + 1;
        return token[..at] + Base64Url.EncodeToString(spoil(Base64Url.DecodeFromChars(token.AsSpan(at))));
    }

    /// <summary>One signature in 256 begins with a zero byte.</summary>
    private static string WithLeadingZero(AttackBench bench) => Enumerable.Range(0, 10_000)
        .Select(number => bench.Team.MintPerson(payload => payload["identity_nonce"] = number.ToString(CultureInfo.InvariantCulture)))
        .First(token => Base64Url.DecodeFromChars(token.Split('.')[2])[0] == 0);

    private static BigInteger Modulus(AttackBench bench) => Number(bench.Team.Key.Rsa.ExportParameters(false).Modulus!);

    private static BigInteger Number(byte[] bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    private static byte[] Bytes(BigInteger number, int length)
    {
        var bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[Math.Max(0, length - bytes.Length)], .. bytes];
    }
}
