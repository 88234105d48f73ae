using CfAccess.ApiShield;
using CfAccess.ApiShield.Setup;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Puts API Shield's rules into force.</summary>
public static class ApiShieldApplicationBuilderExtensions
{
    /// <summary>
    /// Judges every request that passes here by API Shield's rules. Its place is after whatever changes a request's host, method or path
    /// (forwarded headers, method override, rewriting), then after <c>app.UseRouting()</c>, and before whatever answers requests; the order
    /// with authentication does not matter. Without that call a <c>WebApplication</c> routes before everything, so by the method and path
    /// as they came: a request whose endpoint is of another method than the request has by now is judged by both.
    /// </summary>
    /// <param name="app">The application.</param>
    /// <returns>The application.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="app"/> is null.</exception>
    /// <exception cref="InvalidOperationException"><c>AddApiShield</c> was not called.</exception>
    /// <exception cref="ApiShieldDocumentException">A document is missing, cannot be read or is wrong; it tells all that is.</exception>
    public static IApplicationBuilder UseApiShield(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var mark = app.ApplicationServices.GetService<MiddlewareMark>()
            ?? throw new InvalidOperationException("UseApiShield needs what AddApiShield registers. Call builder.Services.AddApiShield().");
        mark.Add(app);
        return app.UseMiddleware<ApiShieldMiddleware>();
    }
}
