using System.Text.Json.Nodes;
using CfAccess.Emulator.Keys;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.Emulator.Tokens;

/// <summary>Puts a token together and has it signed (RFC 7515, section 3.1).</summary>
internal sealed class TokenSigner(KeyRing keys)
{
    private readonly Lock _gate = new();

    /// <returns>The token, and the id of the key that signed it.</returns>
    public (string Token, string KeyId) Sign(AccessEmulatorTokenDraft draft)
    {
        var current = keys.Current;
        var header = draft.Header.DeepClone().AsObject();
        if (draft.SigningKey == AccessEmulatorSigningKey.None)
        {
            header.TryAdd("alg", SecurityAlgorithms.None);
            return ($"{Encode(header)}.{Encode(draft.Payload)}.", string.Empty);
        }

        var key = draft.SigningKey switch
        {
            AccessEmulatorSigningKey.Current => current,
            AccessEmulatorSigningKey.Previous => keys.Previous,
            AccessEmulatorSigningKey.Unknown or AccessEmulatorSigningKey.Forged => keys.Stranger,
            var other => throw new InvalidOperationException($"{nameof(draft.SigningKey)} is {other}, which is none that the emulator knows."),
        };
        var keyId = draft.SigningKey == AccessEmulatorSigningKey.Forged ? current.KeyId : key.KeyId;
        header.TryAdd("alg", SecurityAlgorithms.RsaSha256);
        header.TryAdd("kid", keyId);
        var signed = $"{Encode(header)}.{Encode(draft.Payload)}";

        // RSA makes no promise to several threads.
        lock (_gate)
        {
            return ($"{signed}.{JwtTokenUtilities.CreateEncodedSignature(signed, key.Credentials)}", keyId);
        }
    }

    private static string Encode(JsonObject part) => Base64UrlEncoder.Encode(part.ToJsonString());
}
