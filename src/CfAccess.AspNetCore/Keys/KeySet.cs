using System.Collections.Frozen;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.AspNetCore.Keys;

/// <summary>The usable keys of one answer of the endpoint, and those that were passed over. Immutable.</summary>
internal sealed class KeySet(FrozenDictionary<string, SecurityKey> keys, IReadOnlyList<SkippedKey> skipped)
{
    public int Count => keys.Count;

    public IReadOnlyList<SkippedKey> Skipped { get; } = skipped;

    public IReadOnlyList<SecurityKey> All { get; } = keys.Values;

    public SecurityKey? Find(string kid) => keys.GetValueOrDefault(kid);

    /// <summary>
    /// This set, with the objects of an earlier one for the keys that are the same. So a key is one object for as long as it is published,
    /// and another under the same <c>kid</c> is another object.
    /// </summary>
    public KeySet Keeping(KeySet? earlier) => earlier is null
        ? this
        : new KeySet(
            keys.Values.Select(key => earlier.Find(key.KeyId) is { } kept && IsSame(kept, key) ? kept : key)
                .ToFrozenDictionary(key => key.KeyId, StringComparer.Ordinal),
            Skipped);

    /// <summary>Whether two keys have the same modulus and exponent.</summary>
    public static bool IsSame(SecurityKey one, SecurityKey other) =>
        one is RsaSecurityKey { Parameters: var first }
        && other is RsaSecurityKey { Parameters: var second }
        && first.Modulus.AsSpan().SequenceEqual(second.Modulus)
        && first.Exponent.AsSpan().SequenceEqual(second.Exponent);
}
