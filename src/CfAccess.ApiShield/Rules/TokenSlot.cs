using CfAccess.ApiShield.Tokens;
using Microsoft.AspNetCore.Http;

namespace CfAccess.ApiShield.Rules;

/// <summary>What is known of the token of one configuration in one request: it is looked for once and verified once.</summary>
internal struct TokenSlot
{
    private LocatedToken _located;
    private bool _isRead;

    public JwtVerdict? Verdict { get; private set; }

    public bool IsPresent(ConfigurationInForce configuration, HttpRequest request) => !Read(configuration, request).IsEmpty;

    public JwtVerdict Verify(ConfigurationInForce configuration, HttpRequest request) =>
        Verdict ??= configuration.Verifier.Verify(Read(configuration, request));

    private LocatedToken Read(ConfigurationInForce configuration, HttpRequest request)
    {
        if (!_isRead)
        {
            _located = configuration.Locator.Read(request);
            _isRead = true;
        }

        return _located;
    }
}
