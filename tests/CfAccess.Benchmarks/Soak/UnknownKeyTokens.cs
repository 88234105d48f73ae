using CfAccess.Testing;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.Benchmarks.Soak;

/// <summary>Tokens that name a key id nobody ever heard of, another one each time.</summary>
internal sealed class UnknownKeyTokens
{
    private readonly SoakToken _good;
    private readonly SoakToken _expired;

    public UnknownKeyTokens(string issuer, TimeProvider clock)
    {
        var forge = new TokenForge(-1, TestKey.Get("foreign"), issuer, clock);
        _good = forge.Unknown(isExpired: false);
        _expired = forge.Unknown(isExpired: true);
    }

    /// <summary>The signature is that of another header: no key is ever found to check it with.</summary>
    public SoakToken Next(Random random)
    {
        var token = random.Next(3) > 0 ? _good : _expired;
        var kid = $"{random.NextInt64():x16}{random.NextInt64():x16}";
        var header = Base64UrlEncoder.Encode($$"""{"alg":"RS256","kid":"{{kid}}","typ":"JWT"}""");
        return token with { Text = header + token.Text[token.Text.IndexOf('.', StringComparison.Ordinal)..] };
    }
}
