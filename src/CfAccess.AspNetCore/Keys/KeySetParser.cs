using System.Collections.Frozen;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.AspNetCore.Keys;

/// <summary>Makes a key set of an answer's bytes. Only <c>keys</c> is read, never <c>public_cert</c> or <c>public_certs</c>.</summary>
internal static class KeySetParser
{
    private const int LongestLoggedKid = 80;

    public static KeyFetchResult Parse(ReadOnlyMemory<byte> json, int maximumKeys)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("keys", out var keys)
                && keys.ValueKind == JsonValueKind.Array
                    ? Collect(keys, json, maximumKeys)
                    : Unusable("the answer has no array of keys");
        }
        catch (JsonException)
        {
            return Unusable("the answer is not JSON");
        }
        catch (InvalidOperationException)
        {
            // A string of the document that is no text, such as half of a surrogate pair.
            return Unusable("the answer holds text that is not UTF-8");
        }
    }

    private static KeyFetchResult Collect(JsonElement published, ReadOnlyMemory<byte> document, int maximumKeys)
    {
        var usable = new Dictionary<string, SecurityKey>(StringComparer.Ordinal);
        var skipped = new List<SkippedKey>();
        foreach (var jwk in published.EnumerateArray())
        {
            if (!KeyFilter.TryRead(jwk, out var key, out var problem))
            {
                Skip(jwk, problem);
            }
            else if (usable.Count == maximumKeys)
            {
                Skip(jwk, $"more than {maximumKeys} keys are published");
            }
            else if (!usable.TryAdd(key.KeyId, key))
            {
                return Unusable("two keys have the same kid");
            }
        }

        return usable.Count == 0
            ? Unusable("the answer has no usable key" + (skipped.Count > 0 ? $" (the first: {skipped[0].Reason})" : string.Empty))
            : KeyFetchResult.Success(new KeySet(usable.ToFrozenDictionary(StringComparer.Ordinal), skipped), document);

        void Skip(JsonElement jwk, string problem)
        {
            if (skipped.Count < maximumKeys)
            {
                skipped.Add(new SkippedKey(LoggedKid(jwk), problem));
            }
        }
    }

    private static KeyFetchResult Unusable(string detail) => KeyFetchResult.Failure(KeyFetchOutcome.Unusable, detail);

    private static string LoggedKid(JsonElement jwk)
    {
        if (jwk.ValueKind != JsonValueKind.Object
            || !jwk.TryGetProperty("kid", out var kid)
            || kid.ValueKind != JsonValueKind.String)
        {
            return "(none)";
        }

        var text = JavaScriptEncoder.Default.Encode(kid.GetString()!);
        return text.Length <= LongestLoggedKid ? text : string.Concat(text.AsSpan(0, LongestLoggedKid), "…");
    }
}
