using System.Collections.Frozen;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.AspNetCore.Keys;

/// <summary>The usable keys of one answer of the endpoint, and those that were passed over. Immutable.</summary>
internal sealed class KeySet(FrozenDictionary<string, SecurityKey> keys, IReadOnlyList<SkippedKey> skipped)
{
    public int Count => keys.Count;

    public IReadOnlyList<SkippedKey> Skipped { get; } = skipped;

    public SecurityKey? Find(string kid) => keys.GetValueOrDefault(kid);
}
