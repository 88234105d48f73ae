using System.Text.Json;
using CfAccess.ApiShield.Tokens.Keys;

namespace CfAccess.ApiShield.Documents;

/// <summary>Reads the keys of a token configuration, and tells of what was dropped from them.</summary>
internal static class CredentialsReader
{
    private const string Credentials = "credentials";
    private const string Keys = "keys";

    /// <returns>The keys that can be used; none is an error.</returns>
    public static IReadOnlyList<CredentialKey> Read(ObjectReader reader)
    {
        if (reader.Object(Credentials, $"Write {{ \"keys\": [ … ] }} with 1 to {DocumentLimits.Keys} JSON web keys.") is not { } inner)
        {
            return [];
        }

        var read = inner.Member(Keys, $"Write a list of 1 to {DocumentLimits.Keys} JSON web keys.") is { } keys ? Read(keys, inner.At(Keys), inner.Problems) : [];
        inner.End();
        return read;
    }

    /// <summary>The key without its secret.</summary>
    public static ApiShieldKey Show(CredentialKey key)
    {
        var members = key.PublicMembers.ToDictionary(member => member.Key, member => member.Value, StringComparer.Ordinal);
        return new()
        {
            Algorithm = members["alg"],
            KeyId = members["kid"],
            KeyType = members["kty"],
            Curve = members.GetValueOrDefault("crv"),
            X = members.GetValueOrDefault("x"),
            Y = members.GetValueOrDefault("y"),
            Modulus = members.GetValueOrDefault("n"),
            Exponent = members.GetValueOrDefault("e"),
        };
    }

    private static IReadOnlyList<CredentialKey> Read(JsonElement keys, string pointer, ProblemList problems)
    {
        var read = CredentialReader.Read(keys);
        foreach (var finding in read.Findings)
        {
            problems.Warn(JsonPointer.Item(pointer, finding.Index), finding.Message + ".", finding.Code);
        }

        if (read.Problem is { } problem)
        {
            problems.Error(pointer, problem + ".");
        }

        return read.Keys;
    }
}
