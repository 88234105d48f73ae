using System.Text.Json.Nodes;
using CfAccess.Emulator.Keys;

namespace CfAccess.Emulator.Tokens;

/// <summary>Makes tokens: good ones, and any other that is asked for.</summary>
internal sealed class TokenMint(string issuer, TimeSpan lifetime, KeyRing keys, TimeProvider clock)
{
    private readonly TokenSigner _signer = new(keys);

    public string Issuer => issuer;

    /// <summary>A good token.</summary>
    /// <param name="caller">Writes the payload for the terms.</param>
    /// <param name="audiences">The AUD tags.</param>
    /// <param name="expires">When it ends. Default: none, which means after a whole session.</param>
    public MintedToken Mint(Func<TokenTerms, JsonObject> caller, IReadOnlyList<string> audiences, DateTimeOffset? expires = null)
    {
        var terms = Terms(audiences, expires);
        var (token, keyId) = _signer.Sign(new AccessEmulatorTokenDraft(caller(terms)));
        return new(
            token,
            keyId,
            audiences,
            DateTimeOffset.FromUnixTimeSeconds(terms.Issued),
            DateTimeOffset.FromUnixTimeSeconds(terms.Expires));
    }

    /// <summary>A good token with whatever changes are made to it before it is signed.</summary>
    public string Mint(Func<TokenTerms, JsonObject> caller, IReadOnlyList<string> audiences, Action<AccessEmulatorTokenDraft>? change)
    {
        var draft = new AccessEmulatorTokenDraft(caller(Terms(audiences, expires: null)));
        change?.Invoke(draft);
        return _signer.Sign(draft).Token;
    }

    /// <summary>A token with any payload, by the current key.</summary>
    public string Sign(JsonObject payload) => _signer.Sign(new AccessEmulatorTokenDraft(payload)).Token;

    private TokenTerms Terms(IReadOnlyList<string> audiences, DateTimeOffset? expires)
    {
        var now = clock.GetUtcNow();
        return new(audiences, now.ToUnixTimeSeconds(), (expires ?? now + lifetime).ToUnixTimeSeconds());
    }
}
