using CfAccess.ApiShield;
using CfAccess.ApiShield.Setup;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Adds API Shield's rules to a pipeline.</summary>
public static class ApiShieldApplicationBuilderExtensions
{
    /// <summary>
    /// Enforces API Shield's rules for every request that reaches this place. Call it after everything that changes a request's host, method, or
    /// path (forwarded headers, method override, rewriting), after routing, and before everything that responds to requests. Authentication and
    /// authorization can come before or after.
    /// </summary>
    /// <remarks>
    /// A <c>WebApplication</c> routes before all middleware, unless <c>app.UseRouting()</c> is called. If something changes the host, the method,
    /// or the path, call <c>app.UseRouting()</c> after it, and then <c>app.UseAuthentication()</c> and <c>app.UseAuthorization()</c>. The
    /// application does not start if this call comes before routing, or if an endpoint that an operation covers uses <c>ShortCircuit</c>. If the
    /// endpoint of a request has another method than the request has now, the rules of both methods apply.
    /// </remarks>
    /// <param name="app">The application.</param>
    /// <returns>The application.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="app"/> is null.</exception>
    /// <exception cref="InvalidOperationException"><c>AddApiShield</c> was not called.</exception>
    public static IApplicationBuilder UseApiShield(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var mark = app.ApplicationServices.GetService<MiddlewareMark>()
            ?? throw new InvalidOperationException("UseApiShield needs what AddApiShield registers. Call builder.Services.AddApiShield().");
        mark.Add(app);
        return app.UseMiddleware<ApiShieldMiddleware>();
    }
}
