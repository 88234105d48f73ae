using System.Text.Json;
using CfAccess.Shared.Jwt;

namespace CfAccess.ApiShield.Tokens.Keys;

/// <summary>
/// Checks one JWK and makes a key of it, and tells what it changed. Source: RFC 7517, section 4; RFC 7518, sections 3 and 6;
/// https://developers.cloudflare.com/api-shield/security/jwt-validation/configure/, credentials.
/// </summary>
internal sealed class JwkReader(JsonElement jwk, int index)
{
    private static readonly string[] PrivateMembers = ["d", "p", "q", "dp", "dq", "qi", "oth"];

    private readonly List<KeyFinding> _findings = [];

    public IReadOnlyList<KeyFinding> Findings => _findings;

    public CredentialKey? Read()
    {
        try
        {
            var key = ReadKey(out var problem);
            if (problem is not null)
            {
                Drop(problem);
            }

            return key;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, written as an escape: valid JSON that is no text.
            Drop("it holds a string that is no text");
            return null;
        }
    }

    private CredentialKey? ReadKey(out string? problem)
    {
        problem = ProblemOfFrame();
        if (problem is not null)
        {
            return null;
        }

        var algorithm = ReadAlgorithm(out problem);
        var material = algorithm is null ? null : ReadMaterial(algorithm, out problem);
        if (material is null)
        {
            return null;
        }

        KeyValuePair<string, string>[] members =
        [
            .. material.Members.Append(new("alg", algorithm!.Name)).Append(new("kid", Text("kid")!)).Append(new("kty", algorithm.KeyType))
                .OrderBy(member => member.Key, StringComparer.Ordinal),
        ];
        ReportRemoved(members);
        return new CredentialKey(Text("kid")!, algorithm, members, material.Verifier(), material.SignatureLength);
    }

    private string? ProblemOfFrame() => jwk switch
    {
        { ValueKind: not JsonValueKind.Object } => "it is not an object",
        _ when jwk.EnumerateObject().Select(member => member.Name).Distinct(StringComparer.Ordinal).Count() < jwk.GetPropertyCount() =>
            "it has a member twice",
        _ when string.IsNullOrEmpty(Text("kid")) => "kid is missing, by which a token names its key",
        _ when Text("kty") is not (SigningAlgorithm.Rsa or SigningAlgorithm.EllipticCurve or SigningAlgorithm.Secret) => "kty is not RSA, EC or oct",
        _ when jwk.TryGetProperty("use", out _) && Text("use") != "sig" => "use is not sig",
        _ when jwk.TryGetProperty("key_ops", out var operations) && !Jwk.AllowsVerify(operations) => "key_ops does not hold verify",
        _ => null,
    };

    private SigningAlgorithm? ReadAlgorithm(out string? problem)
    {
        problem = null;
        if (!jwk.TryGetProperty("alg", out _) && Text("kty") == SigningAlgorithm.Rsa)
        {
            Report(KeyFindingKind.AlgorithmInferred, "has no alg, and is used for RS256. Write the alg if it is another");
            return SigningAlgorithm.Find("RS256");
        }

        var algorithm = Text("alg") is { } name ? SigningAlgorithm.Find(name) : null;
        if (algorithm is null)
        {
            problem = "alg is none of " + string.Join(", ", SigningAlgorithm.Names);
            return null;
        }

        if (algorithm.KeyType != Text("kty"))
        {
            problem = $"{algorithm.Name} needs a key with kty {algorithm.KeyType}";
            return null;
        }

        return algorithm;
    }

    private KeyMaterial? ReadMaterial(SigningAlgorithm algorithm, out string? problem)
    {
        if (algorithm.Curve is not null && !jwk.TryGetProperty("crv", out _))
        {
            Report(KeyFindingKind.CurveInferred, $"has no crv, and is used with {algorithm.Curve}, the curve of {algorithm.Name}");
        }

        return KeyMaterial.Read(jwk, algorithm, out problem);
    }

    private void ReportRemoved(KeyValuePair<string, string>[] kept)
    {
        var removed = jwk.EnumerateObject().Select(member => member.Name).Where(name => !kept.Any(member => member.Key == name)).ToList();
        var secret = removed.Intersect(PrivateMembers).ToList();
        if (secret.Count > 0)
        {
            Report(
                KeyFindingKind.PrivateKeyRemoved,
                $"held its private half ({string.Join(", ", secret)}), which was removed. Whoever saw it can sign tokens: make a new key");
        }

        var unneeded = removed.Except(PrivateMembers).Select(Shown).ToList();
        if (unneeded.Count > 0)
        {
            Report(KeyFindingKind.MembersRemoved, $"had members that are not needed, which were removed: {string.Join(", ", unneeded)}");
        }
    }

    /// <summary>Only names that cannot say anything else.</summary>
    private static string Shown(string name) =>
        name.Length is > 0 and <= 20 && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-' or '#') ? name : "(another)";

    private string? Text(string name) => Jwk.GetString(jwk, name);

    private void Drop(string problem)
    {
        // What was inferred on the way matters no longer.
        _findings.Clear();
        Report(KeyFindingKind.Dropped, $"is not used: {problem}");
    }

    private void Report(KeyFindingKind kind, string message) => _findings.Add(new KeyFinding(kind, index, $"keys[{index}] {message}"));
}
