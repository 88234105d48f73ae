using CfAccess.ApiShield;
using CfAccess.ApiShield.Rules;

namespace Microsoft.AspNetCore.Http;

/// <summary>What API Shield found of a request.</summary>
public static class ApiShieldHttpContextExtensions
{
    /// <summary>What API Shield's middleware found of this request.</summary>
    /// <param name="context">The request.</param>
    /// <returns>The operation, rule, verdicts and claims; null if the request did not pass <c>UseApiShield</c>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="context"/> is null.</exception>
    public static ApiShieldTokenValidation? GetTokenValidation(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Features.Get<RequestFacts>()?.Validation;
    }
}
