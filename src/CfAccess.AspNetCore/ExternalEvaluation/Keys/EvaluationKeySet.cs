using System.Buffers.Text;
using System.Text.Json;

namespace CfAccess.AspNetCore.ExternalEvaluation.Keys;

/// <summary>The keys as they were read from the store at one time. Immutable.</summary>
internal sealed class EvaluationKeySet(IReadOnlyList<EvaluationKey> keys)
{
    public static readonly EvaluationKeySet None = new([]);

    public IReadOnlyList<EvaluationKey> Keys => keys;

    /// <summary>
    /// The key that signs: the one that began last. Every instance chooses the same, since the times are stored. A clock that was set back finds
    /// none that has begun, and takes the first, which is published.
    /// </summary>
    /// <param name="now">The time.</param>
    /// <param name="answerLifetime">How long what it signs has to be verified.</param>
    public EvaluationKey? SigningKey(DateTimeOffset now, TimeSpan answerLifetime)
    {
        var good = Ordered(keys.Where(key => now + answerLifetime <= key.Ends));
        return good.LastOrDefault(key => key.SignsFrom <= now) ?? good.FirstOrDefault();
    }

    /// <summary>What the keys endpoint answers: public members only. Source: RFC 7517, section 4; RFC 7518, section 6.3.1.</summary>
    /// <returns>The document; nothing where no key counts any more.</returns>
    public byte[]? WriteJwks(DateTimeOffset now)
    {
        var published = keys.Where(key => now < key.Ends).ToList();
        if (published is [])
        {
            return null;
        }

        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("keys");
            foreach (var key in published)
            {
                json.WriteStartObject();
                json.WriteString("kid", key.KeyId);
                json.WriteString("kty", "RSA");
                json.WriteString("alg", "RS256");
                json.WriteString("use", "sig");
                json.WriteString("e", Base64Url.EncodeToString(key.PublicKey.Exponent));
                json.WriteString("n", Base64Url.EncodeToString(key.PublicKey.Modulus));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    public static List<EvaluationKey> Ordered(IEnumerable<EvaluationKey> keys) =>
        [.. keys.OrderBy(key => key.SignsFrom).ThenBy(key => key.KeyId, StringComparer.Ordinal)];
}
