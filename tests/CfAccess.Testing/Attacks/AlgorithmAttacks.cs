using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace CfAccess.Testing.Attacks;

/// <summary>Lines 1 to 3: another algorithm than RS256.</summary>
internal static class AlgorithmAttacks
{
    private const string Refusal = "unsupported_algorithm";

    public static IEnumerable<Attack> All => [.. None, .. KeyConfusion, .. OtherAlgorithms, .. Spellings];

    private static IEnumerable<Attack> None =>
        from algorithm in new[] { "none", "None", "NONE", "nOnE" }
        from attack in new[]
        {
            Attack.OnToken(1, $"alg {algorithm} with an empty signature", "malformed", (bench, _) => Unsigned(bench, algorithm) + "."),
            Attack.OnToken(1, $"alg {algorithm} with the signature of the good token", Refusal, (bench, token) =>
                $"{Unsigned(bench, algorithm)}.{token.Split('.')[2]}"),
            Attack.OnToken(1, $"alg {algorithm} without a signature", "malformed", (bench, _) => Unsigned(bench, algorithm)),
            Attack.OnDraft(1, $"alg {algorithm}, signed with the team's key", Refusal, (_, draft) =>
                draft.Head(header => header["alg"] = algorithm)),
        }
        select attack;

    private static IEnumerable<Attack> KeyConfusion =>
    [
        Hs256("the public key as PEM", bench => Encoding.ASCII.GetBytes(bench.Team.Key.Rsa.ExportSubjectPublicKeyInfoPem())),
        Hs256("the public key as PEM with a line break behind", bench =>
            Encoding.ASCII.GetBytes(bench.Team.Key.Rsa.ExportSubjectPublicKeyInfoPem() + "\n")),
        Hs256("the public key as PEM of PKCS#1", bench => Encoding.ASCII.GetBytes(bench.Team.Key.Rsa.ExportRSAPublicKeyPem())),
        Hs256("the public key as DER", bench => bench.Team.Key.Rsa.ExportSubjectPublicKeyInfo()),
        Hs256("the public key as DER of PKCS#1", bench => bench.Team.Key.Rsa.ExportRSAPublicKey()),
        Hs256("the modulus", bench => bench.Team.Key.Rsa.ExportParameters(false).Modulus!),
        Hs256("the modulus as base64url", bench =>
            Encoding.ASCII.GetBytes(Base64Url.EncodeToString(bench.Team.Key.Rsa.ExportParameters(false).Modulus))),
        Hs256("the JWK", bench => Encoding.UTF8.GetBytes(bench.Team.Key.ToJwk().ToJsonString())),
        Hs256("the certificate as PEM", bench => Encoding.ASCII.GetBytes(bench.Certificate().ExportCertificatePem())),
        Hs256("the certificate as DER", bench => bench.Certificate().RawData),
        Hs256("an empty key", _ => []),
        Attack.OnToken(2, "alg RS256 over an HMAC with the public key as PEM", "bad_signature", (bench, _) => Hmac(
            bench, bench.Person(), Encoding.ASCII.GetBytes(bench.Team.Key.Rsa.ExportSubjectPublicKeyInfoPem()))),
    ];

    private static IEnumerable<Attack> OtherAlgorithms =>
    [
        Signed("RS384", (bench, content) => bench.Team.Key.Rsa.SignData(content, HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1)),
        Signed("RS512", (bench, content) => bench.Team.Key.Rsa.SignData(content, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1)),
        Signed("PS256", (bench, content) => bench.Team.Key.Rsa.SignData(content, HashAlgorithmName.SHA256, RSASignaturePadding.Pss)),
        Signed("ES256", (_, content) =>
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            return key.SignData(content, HashAlgorithmName.SHA256);
        }),
        Disguised("RS512", (bench, content) => bench.Team.Key.Rsa.SignData(content, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1)),
        Disguised("PS256", (bench, content) => bench.Team.Key.Rsa.SignData(content, HashAlgorithmName.SHA256, RSASignaturePadding.Pss)),
        Disguised("SHA-1", (bench, content) => bench.Team.Key.Rsa.SignData(content, HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1)),
    ];

    private static IEnumerable<Attack> Spellings =>
    [
        WithAlg("rs256", "\"rs256\""),
        WithAlg("Rs256", "\"Rs256\""),
        WithAlg("RS256 with a blank behind", "\"RS256 \""),
        WithAlg("RS256 with a NUL behind", "\"RS256\\u0000\""),
        WithAlg("by its XML name", "\"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256\""),
        WithAlg("an empty string", "\"\""),
        WithAlg("a list", "[\"RS256\"]"),
        WithAlg("an object", "{\"RS256\":true}"),
        WithAlg("a number", "256"),
        WithAlg("null", "null"),
        Attack.OnDraft(3, "alg missing", Refusal, (_, draft) => draft.Head(header => header.Remove("alg"))),
        Attack.OnDraft(3, "alg under another case of its name", Refusal, (_, draft) =>
            draft.HeadText(json => json.Replace("\"alg\"", "\"Alg\"", StringComparison.Ordinal))),
        Attack.OnDraft(3, "alg twice, RS256 first", "malformed", (_, draft) => draft.HeadText(TokenDraft.Appending("\"alg\":\"none\""))),
        Attack.OnDraft(3, "alg twice, RS256 last", "malformed", (_, draft) => draft.HeadText(TokenDraft.Prepending("\"alg\":\"none\""))),
        Attack.OnDraft(3, "alg twice, both RS256", "malformed", (_, draft) => draft.HeadText(TokenDraft.Appending("\"alg\":\"RS256\""))),
        Attack.OnDraft(3, "alg twice, once with an escape in its name", "malformed", (_, draft) =>
            draft.HeadText(TokenDraft.Appending("\"\\u0061lg\":\"none\""))),
    ];

    private static string Unsigned(AttackBench bench, string algorithm)
    {
        var token = bench.Person().Head(header => header["alg"] = algorithm).Token;
        return token[..token.LastIndexOf('.')];
    }

    private static Attack Hs256(string key, Func<AttackBench, byte[]> secret) => Attack.OnToken(
        2, $"HS256 keyed with {key}", Refusal, (bench, _) =>
            Hmac(bench, bench.Person().Head(header => header["alg"] = "HS256"), secret(bench)));

    private static string Hmac(AttackBench bench, TokenDraft draft, byte[] secret) =>
        SignedBy(bench, draft, (_, content) => HMACSHA256.HashData(secret, content));

    private static Attack Signed(string algorithm, Func<AttackBench, byte[], byte[]> sign) => Attack.OnToken(
        3, $"alg {algorithm}, signed so", Refusal, (bench, _) =>
            SignedBy(bench, bench.Person().Head(header => header["alg"] = algorithm), sign));

    private static Attack Disguised(string algorithm, Func<AttackBench, byte[], byte[]> sign) => Attack.OnToken(
        3, $"alg RS256 over a signature of {algorithm}", "bad_signature", (bench, _) => SignedBy(bench, bench.Person(), sign));

    private static string SignedBy(AttackBench bench, TokenDraft draft, Func<AttackBench, byte[], byte[]> sign) =>
        TokenMinter.Sign(draft.Header, draft.Payload, content => sign(bench, content));

    private static Attack WithAlg(string what, string json) => Attack.OnDraft(
        3, $"alg {what}", Refusal, (_, draft) => draft.Head(header => header["alg"] = JsonNode.Parse(json)));
}
