using CfAccess.AspNetCore.Tokens;
using Microsoft.AspNetCore.Http;

namespace CfAccess.ApiShield.Tokens;

/// <summary>Finds the token of a request at the sources of a configuration.</summary>
/// <param name="locations">The sources; of several that hold a token the first counts.</param>
/// <param name="refusesDifferentTokens">Whether a request whose sources hold different tokens is refused.</param>
internal sealed class TokenLocator(IReadOnlyList<TokenLocation> locations, bool refusesDifferentTokens)
{
    /// <summary>An array: to go through it allocates nothing.</summary>
    private readonly TokenLocation[] _locations = [.. locations];

    public TokenReading Read(HttpRequest request)
    {
        string? found = null;
        var source = TokenSource.Header;
        foreach (var location in _locations)
        {
            if (location.Find(request) is not { } token)
            {
                continue;
            }

            var kind = location.IsCookie ? TokenSource.Cookie : TokenSource.Header;
            if (!refusesDifferentTokens)
            {
                return TokenReading.Of(token, kind);
            }

            if (found is not null && found != token)
            {
                return TokenReading.Ambiguous(kind);
            }

            source = found is null ? kind : source;
            found = token;
        }

        return TokenReading.Of(found, source);
    }
}
