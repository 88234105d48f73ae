using System.Text.Json.Nodes;

namespace CfAccess.Emulator.Tokens;

/// <summary>
/// The payload of a person's application token. Source: Cloudflare One documentation, "Application token", Identity-based authentication.
/// </summary>
internal sealed record PersonPayload(
    IReadOnlyList<string> Aud,
    string Email,
    long Exp,
    long Iat,
    long Nbf,
    string Iss,
    string Type,
    string IdentityNonce,
    string Sub,
    string Country,
    JsonObject? Custom);
