using System.Text.Json.Serialization;

namespace CfAccess.AspNetCore.ExternalEvaluation.Keys;

/// <summary>The keys as they are stored, below Data Protection.</summary>
internal sealed record StoredKeys(IReadOnlyList<StoredKey> Keys);

/// <summary>A key as it is stored: PKCS #8 (RFC 5958), and times in seconds since 1970. No record: its text would be the key.</summary>
internal sealed class StoredKey
{
    public required byte[] PrivateKey { get; init; }

    public required long SignsFrom { get; init; }

    public required long Retires { get; init; }

    public required long Ends { get; init; }
}

/// <summary>How they are written and read.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    AllowDuplicateProperties = false,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(StoredKeys))]
internal sealed partial class StoredKeysJson : JsonSerializerContext;
