using CfAccess.AspNetCore;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.Documentation.Tests;

public static class AccessBearer
{
    public static void AddAccessBearer(this IServiceCollection services)
    {
        services.AddCloudflareAccessKeys();       // team and audiences from Authentication:Schemes:CloudflareAccess
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).Configure<CloudflareAccessKeys>((bearer, access) =>
        {
            bearer.ConfigurationManager = access.GetConfigurationManager();
            bearer.TokenValidationParameters = access.CreateTokenValidationParameters();
            bearer.MapInboundClaims = false;      // claims keep their names: email, not http://schemas.xmlsoap.org/…
            bearer.Events = new JwtBearerEvents { OnMessageReceived = ReadAssertion };
        });
    }

    // Two headers are no token. Without NoResult, JwtBearer would go on to look into Authorization, which is not Access's.
    private static Task ReadAssertion(MessageReceivedContext context)
    {
        if (context.Request.Headers[CloudflareAccessDefaults.AssertionHeader] is [{ Length: > 0 } assertion])
        {
            context.Token = assertion;
        }
        else
        {
            context.NoResult();
        }

        return Task.CompletedTask;
    }
}
