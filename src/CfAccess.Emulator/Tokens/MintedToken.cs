namespace CfAccess.Emulator.Tokens;

/// <summary>A token, and what the emulator needs to remember of it.</summary>
internal sealed record MintedToken(
    string Value,
    string KeyId,
    IReadOnlyList<string> Audiences,
    DateTimeOffset IssuedAt,
    DateTimeOffset ExpiresAt);
