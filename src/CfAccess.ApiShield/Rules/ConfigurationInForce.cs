using CfAccess.ApiShield.Tokens;
using CfAccess.ApiShield.Tokens.Keys;

namespace CfAccess.ApiShield.Rules;

/// <summary>A token configuration with its sources and keys read. No record: its text could hold a secret.</summary>
/// <param name="document">What the document says, without secrets.</param>
/// <param name="pointer">Where it stands in the document.</param>
/// <param name="locations">Where a token can be, the first having precedence.</param>
/// <param name="keys">The keys.</param>
/// <param name="locator">Finds the token of a request.</param>
/// <param name="verifier">Judges it.</param>
internal sealed class ConfigurationInForce(
    ApiShieldTokenConfiguration document,
    string pointer,
    IReadOnlyList<TokenLocation> locations,
    IReadOnlyList<CredentialKey> keys,
    TokenLocator locator,
    JwtVerifier verifier)
{
    public ApiShieldTokenConfiguration Document => document;

    public string Pointer => pointer;

    public IReadOnlyList<TokenLocation> Locations => locations;

    public IReadOnlyList<CredentialKey> Keys => keys;

    public TokenLocator Locator => locator;

    public JwtVerifier Verifier => verifier;

    /// <summary>The same with another text about it; its sources and keys stay.</summary>
    public ConfigurationInForce With(ApiShieldTokenConfiguration other) => new(other, pointer, locations, keys, locator, verifier);

    /// <summary>The same, enforced as options and a clock have it.</summary>
    public ConfigurationInForce For(ApiShieldOptions options, TimeProvider clock) => new(
        document,
        pointer,
        locations,
        keys,
        new TokenLocator(locations, options.RejectDifferentTokens),
        new JwtVerifier(keys, options.MaxTokenLength, clock));
}
