using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.Documentation.Tests.Snippets;

internal static class BehindTunnel
{
    public static void Add(WebApplicationBuilder builder)
    {
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto);
        builder.Services.AddHealthChecks().AddCloudflareAccess();
    }

    public static void Use(WebApplication app)
    {
        app.UseForwardedHeaders();     // first of all; by default it believes a proxy on this machine, and no other
        app.MapHealthChecks("/health").AllowAnonymous();
    }
}
