namespace CfAccess.Emulator.Tokens;

/// <summary>A token, and what the emulator needs to remember of it. No record: its text would be the token.</summary>
internal sealed class MintedToken(
    string value, string keyId, IReadOnlyList<string> audiences, DateTimeOffset issuedAt, DateTimeOffset expiresAt)
{
    public string Value { get; } = value;

    public string KeyId { get; } = keyId;

    public IReadOnlyList<string> Audiences { get; } = audiences;

    public DateTimeOffset IssuedAt { get; } = issuedAt;

    public DateTimeOffset ExpiresAt { get; } = expiresAt;
}
