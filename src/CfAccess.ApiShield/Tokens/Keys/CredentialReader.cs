using System.Text.Json;
using CfAccess.ApiShield.Documents;

namespace CfAccess.ApiShield.Tokens.Keys;

/// <summary>Reads the keys of a token configuration: <c>credentials.keys</c>.</summary>
internal static class CredentialReader
{
    public static CredentialKeys Read(JsonElement keys)
    {
        if (keys.ValueKind != JsonValueKind.Array || keys.GetArrayLength() is 0 or > DocumentLimits.Keys)
        {
            return new CredentialKeys([], [], $"keys must be an array of 1 to {DocumentLimits.Keys} JSON web keys");
        }

        var usable = new List<CredentialKey>();
        var findings = new List<KeyFinding>();
        var index = 0;
        foreach (var jwk in keys.EnumerateArray())
        {
            var reader = new JwkReader(jwk, index++);
            if (reader.Read() is { } key)
            {
                usable.Add(key);
            }

            findings.AddRange(reader.Findings);
        }

        return new CredentialKeys(usable, findings, ProblemOf(usable, findings));
    }

    private static string? ProblemOf(List<CredentialKey> usable, List<KeyFinding> findings)
    {
        if (usable.Count == 0)
        {
            return "no key can be used: " + string.Join("; ", findings.Where(finding => finding.Kind == KeyFindingKind.Dropped).Select(finding => finding.Message));
        }

        return usable.DistinctBy(key => (key.Algorithm.Name, key.KeyId)).Count() < usable.Count
            ? "two keys have the same alg and kid, by which a token names its key. Give each pair to one key"
            : null;
    }
}
