using Microsoft.AspNetCore.Builder;

namespace CfAccess.EndToEnd.Tests.Docs.Snippets;

internal static class ApiShieldPipeline
{
    public static void Use(WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseHttpMethodOverride();
        app.UseRouting();
        app.UseApiShield();
    }
}
