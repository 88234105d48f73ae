using System.Security.Claims;
using System.Text.Encodings.Web;
using CfAccess.Testing;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CfAccess.Benchmarks.Parties;

/// <summary>What no handler can be cheaper than: a new ticket over one principal that all requests share, whatever they carry.</summary>
internal sealed class ConstantHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "Constant";

    private static readonly ClaimsPrincipal Everyone = new(new ClaimsIdentity([new Claim("email", TestTeam.Email)], Name));

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() =>
        Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(Everyone, Scheme.Name)));
}
