namespace CfAccess.Emulator.Tokens;

/// <summary>For which application a token is, and for how long: Unix seconds.</summary>
internal readonly record struct TokenTerms(IReadOnlyList<string> Audiences, long Issued, long Expires);
