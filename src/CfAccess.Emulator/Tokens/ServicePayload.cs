namespace CfAccess.Emulator.Tokens;

/// <summary>
/// The payload of a service's application token: no <c>email</c>, no <c>nbf</c>, no <c>identity_nonce</c>, and an empty <c>sub</c>.
/// Source: Cloudflare One documentation, "Application token", Service token authentication.
/// </summary>
internal sealed record ServicePayload(
    string Type,
    IReadOnlyList<string> Aud,
    long Exp,
    string Iss,
    string CommonName,
    long Iat,
    string Sub);
