using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.Emulator.Evaluation;

/// <summary>
/// Checks an answer as Access does: signed by a key of the keys URL, not ended, <c>success</c> true, the same <c>nonce</c>. Source: Cloudflare One
/// documentation, "External Evaluation".
/// </summary>
internal static class EvaluationAnswer
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };
    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false };

    /// <returns>What is wrong; nothing where the person may enter.</returns>
    public static async Task<string?> ProblemOfAsync(
        ReadOnlyMemory<byte> answer, ReadOnlyMemory<byte> published, string nonce, DateTimeOffset now)
    {
        try
        {
            using var document = JsonDocument.Parse(answer, Strict);
            using var jwks = JsonDocument.Parse(published, Strict);
            if (Text(document.RootElement, "token") is not { } token)
            {
                return "answered no JSON object with a token";
            }

            if (jwks.RootElement.ValueKind != JsonValueKind.Object || !jwks.RootElement.TryGetProperty("keys", out var keys))
            {
                return "answered, but its keys URL answered no JSON object with keys";
            }

            var result = await Handler.ValidateTokenAsync(token, ParametersOf(KeysOf(keys), now)).ConfigureAwait(false);
            return result.IsValid
                ? ProblemOf(((JsonWebToken)result.SecurityToken).EncodedPayload, nonce)
                : $"answered a token that is not signed by a key of its keys URL, or has ended ({result.Exception.GetType().Name})";
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            // No JSON, another shape, or text that is none.
            return "answered something else than JSON of a token, or its keys URL something else than keys";
        }
    }

    private static string? ProblemOf(string payload, string nonce)
    {
        using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(payload), Strict);
        var claims = document.RootElement;
        return Text(claims, "nonce") != nonce ? "answered a token with another nonce than it was asked with"
            : claims.TryGetProperty("success", out var success) && success.ValueKind == JsonValueKind.True ? null
            : "says no (success is not true)";
    }

    private static TokenValidationParameters ParametersOf(List<SecurityKey> keys, DateTimeOffset now) => new()
    {
        ValidateIssuer = false,
        ValidateAudience = false,
        IssuerSigningKeyResolver = (_, _, kid, _) => keys.Where(key => key.KeyId == kid),
        TryAllIssuerSigningKeys = false,
        ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        LifetimeValidator = (_, expires, _, _) => expires > now.UtcDateTime,
    };

    private static List<SecurityKey> KeysOf(JsonElement keys) =>
    [
        .. keys.EnumerateArray()
            .Where(key => Text(key, "kty") == "RSA")
            .Select(KeyOf),
    ];

    private static RsaSecurityKey KeyOf(JsonElement key) =>
        new(new RSAParameters { Modulus = Number(key, "n"), Exponent = Number(key, "e") }) { KeyId = Text(key, "kid") };

    private static byte[] Number(JsonElement key, string name) => Base64Url.DecodeFromChars(Text(key, name));

    private static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
