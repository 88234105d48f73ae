namespace CfAccess.ApiShield.Tokens.Keys;

/// <summary>What was made of the keys of a document.</summary>
/// <param name="Keys">The usable ones, in their order.</param>
/// <param name="Findings">Every key that was dropped, and every other change.</param>
/// <param name="Problem">Why the document cannot be used at all; nothing if it can.</param>
internal sealed record CredentialKeys(IReadOnlyList<CredentialKey> Keys, IReadOnlyList<KeyFinding> Findings, string? Problem);
