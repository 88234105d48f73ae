namespace CfAccess.Benchmarks.Soak;

/// <summary>One token, and what is known of it from how it was made. Only a genuine one has the index of its key.</summary>
internal sealed record SoakToken(TokenKind Kind, string Text, int? Key, DateTimeOffset ExpiresAt);
