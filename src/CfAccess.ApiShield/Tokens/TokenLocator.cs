using Microsoft.AspNetCore.Http;

namespace CfAccess.ApiShield.Tokens;

/// <summary>Finds the token of a request at the sources of a configuration.</summary>
/// <param name="locations">The sources; of several that hold a token the first counts.</param>
/// <param name="refusesDifferentTokens">Whether a request whose sources hold different tokens is refused.</param>
internal sealed class TokenLocator(IReadOnlyList<TokenLocation> locations, bool refusesDifferentTokens)
{
    /// <summary>An array: to go through it allocates nothing.</summary>
    private readonly TokenLocation[] _locations = [.. locations];

    public LocatedToken Read(HttpRequest request)
    {
        string? found = null;
        foreach (var location in _locations)
        {
            if (location.Find(request) is not { } token)
            {
                continue;
            }

            if (!refusesDifferentTokens)
            {
                return LocatedToken.From(token);
            }

            if (found is not null && found != token)
            {
                return LocatedToken.Ambiguous;
            }

            found = token;
        }

        return LocatedToken.From(found);
    }
}
