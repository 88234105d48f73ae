using Microsoft.AspNetCore.Builder;

namespace CfAccess.Documentation.Tests.Snippets;

internal static class ApiShieldPipeline
{
    public static void Use(WebApplication app)
    {
        app.UseForwardedHeaders();      // and everything else that changes the host, the method, or the path
        app.UseHttpMethodOverride();
        app.UseRouting();               // chooses the endpoint
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseApiShield();
    }
}
