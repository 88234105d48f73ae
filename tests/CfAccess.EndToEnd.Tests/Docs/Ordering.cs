using Microsoft.AspNetCore.Builder;

namespace CfAccess.EndToEnd.Tests.Docs;

public static class Ordering
{
    public static void UseInOrder(this WebApplication app)
    {
        app.UseForwardedHeaders();        // first, whatever changes the host, the method, or the path
        app.UseRouting();
        app.UseApiShield();
    }
}
