using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace CfAccess.AspNetCore.Answers;

/// <summary>Answers 503 for an endpoint that needed an identity which was not to be had, where the application has <c>UseExceptionHandler</c>.</summary>
internal sealed class IdentityExceptionHandler : IExceptionHandler
{
    public ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not CloudflareAccessIdentityUnavailableException unavailable)
        {
            return new(false);
        }

        Answer.Unavailable(httpContext, unavailable.RetryAfter, told: null);
        return new(true);
    }
}
