namespace CfAccess.AspNetCore.Tokens;

/// <summary>The claims that decide on a token, as read from its payload; verified only once its signature is.</summary>
internal sealed class TokenClaims
{
    /// <summary>All of them, as they stand in the token. Nobody changes it.</summary>
    public byte[] Payload { get; init; } = [];

    public string? Issuer { get; set; }

    public List<string> Audiences { get; } = [];

    public string? Type { get; set; }

    public string? Email { get; set; }

    public string? Subject { get; set; }

    public string? CommonName { get; set; }

    public DateTimeOffset? Expiration { get; set; }

    public DateTimeOffset? NotBefore { get; set; }

    public DateTimeOffset? IssuedAt { get; set; }

    public TokenLifetime Lifetime => new(Expiration, NotBefore, IssuedAt);

    public AccessCallerKind Kind => this switch
    {
        { Email.Length: > 0 } => AccessCallerKind.User,
        { Email: null or "", Subject: "", CommonName.Length: > 0 } => AccessCallerKind.ServiceToken,
        _ => AccessCallerKind.Unknown,
    };
}
