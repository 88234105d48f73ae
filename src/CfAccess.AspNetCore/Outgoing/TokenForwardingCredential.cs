using CfAccess.AspNetCore.Claims;
using CfAccess.Http;
using Microsoft.AspNetCore.Http;

namespace CfAccess.AspNetCore.Outgoing;

/// <summary>Calls for the caller of the current request, with the token that was validated in it. Source: Cloudflare One documentation, "Linked App Token".</summary>
internal sealed class TokenForwardingCredential(IHttpContextAccessor context) : CloudflareAccessCredential
{
    public const string HeaderName = "Cf-Access-Token";

    public override string LoginPageAdvice =>
        "Add a policy with the action Service Auth and the selector Linked App Token to the application that is called, and choose this "
        + "application there (Zero Trust dashboard: Access, Applications).";

    public override IEnumerable<KeyValuePair<string, string>> GetHeaders()
    {
        if (context.HttpContext is not { } request)
        {
            throw new InvalidOperationException(
                "There is no current request, so the caller is unknown. Outside a request, use a client with AddCloudflareAccessServiceToken.");
        }

        return AccessClaimsIdentity.Of(request.User) is [var caller, ..]
            ? [new(HeaderName, caller.GetToken())]
            : throw new InvalidOperationException(
                "Cloudflare Access authenticated nobody in this request, so the caller is unknown. Protect the endpoint with RequireAuthorization.");
    }
}
