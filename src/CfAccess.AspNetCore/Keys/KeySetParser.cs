using System.Collections.Frozen;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.AspNetCore.Keys;

/// <summary>Reads a key set from the bytes of a response. Only <c>keys</c> is read, never <c>public_cert</c> or <c>public_certs</c>.</summary>
internal static class KeySetParser
{
    private const int LongestLoggedKid = 80;

    public static KeyFetchResult Parse(ReadOnlyMemory<byte> json, int maximumKeys)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return PublishedJson.Member(document.RootElement, "keys") is { ValueKind: JsonValueKind.Array } keys
                ? Collect(keys, json, maximumKeys)
                : Unusable("the answer has no array of keys");
        }
        catch (JsonException)
        {
            return Unusable("the answer is not JSON");
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
            else if (usable.TryGetValue(key.KeyId, out var earlier))
            {
                // A key that is listed twice is one key. Two keys of one name are ambiguous: nobody knows which one signs.
                if (!KeySet.IsSame(earlier, key))
                {
                    return Unusable("two keys have the same kid");
                }
            }
            else if (usable.Count == maximumKeys)
            {
                Skip(jwk, $"more than {maximumKeys} keys are published");
            }
            else
            {
                usable.Add(key.KeyId, key);
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
        if (PublishedJson.Member(jwk, "kid") is not { ValueKind: JsonValueKind.String } kid)
        {
            return "(none)";
        }

        // What is not valid Unicode is logged as it is written in the JSON.
        var text = JavaScriptEncoder.Default.Encode(PublishedJson.IsUnicode(kid) ? kid.GetString()! : kid.GetRawText()[1..^1]);
        return text.Length <= LongestLoggedKid ? text : string.Concat(text.AsSpan(0, LongestLoggedKid), "…");
    }
}
