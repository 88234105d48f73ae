using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.Documentation.Tests;

public static class AccessBearer
{
    public static void AddAccessBearer(this IServiceCollection services)
    {
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme)
            .AddJwtBearer()
            .AddCloudflareAccessJwtBearer();      // team and audiences from Authentication:Schemes:CloudflareAccess
    }
}
