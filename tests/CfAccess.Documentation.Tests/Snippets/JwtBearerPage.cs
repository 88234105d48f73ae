using CfAccess.AspNetCore;
using CfAccess.JwtBearer;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.Documentation.Tests.Snippets;

/// <summary>Code of the page on JwtBearer, and of the README of its package.</summary>
internal static class JwtBearerPage
{
    public static void InOneLine(WebApplicationBuilder builder)
    {
        builder.Services.AddAuthentication().AddJwtBearer().AddCloudflareAccessJwtBearer();
    }

    public static void WithAnotherIssuer(WebApplicationBuilder builder)
    {
        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme)
            .AddJwtBearer(bearer =>
            {
                bearer.Authority = "https://issuer.example.com";
                bearer.Audience = "api";
            })
            .AddCloudflareAccessJwtBearer(access => access.KeepOtherTokenHandlers = true);
    }

    public static CloudflareAccessConfigurationManager ForAnotherLibrary(IServiceProvider services)
    {
        var keys = services.GetRequiredService<ICloudflareAccessSigningKeys>();
        var manager = new CloudflareAccessConfigurationManager(keys, "https://acme.cloudflareaccess.com");
        return manager;
    }
}
