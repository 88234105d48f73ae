using CfAccess.AspNetCore.Claims;
using Microsoft.AspNetCore.Http;

namespace CfAccess.AspNetCore.Outgoing;

/// <summary>
/// Calls for the caller of the request that is being answered, with the very token that was validated in it. Source: Cloudflare One
/// documentation, "Linked App Token".
/// </summary>
internal sealed class CallerHandler(AllowedOrigins origins, IHttpContextAccessor context) : ProvingHandler(
    origins,
    "Add a policy with the action Service Auth and the selector Linked App Token to the application that is called, and choose this "
    + "application there (Zero Trust dashboard: Access, Applications).")
{
    public const string Token = "Cf-Access-Token";

    protected override IEnumerable<(string Name, string Value)> Proof()
    {
        if (context.HttpContext is not { } request)
        {
            throw new InvalidOperationException(
                "There is no request, and so no caller to call for. Outside a request use a client with AddCloudflareAccessServiceToken.");
        }

        return AccessClaimsIdentity.Of(request.User) is [var caller, ..]
            ? [(Token, caller.GetToken())]
            : throw new InvalidOperationException(
                "Cloudflare Access authenticated nobody in this request, so there is no caller to call for. Protect the endpoint with RequireAuthorization.");
    }
}
