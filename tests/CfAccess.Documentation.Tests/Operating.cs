using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.Documentation.Tests;

public static class Operating
{
    public static void AddOperations(this IServiceCollection services)
    {
        services.AddDistributedMemoryCache();     // in production, a cache that all instances use, such as AddStackExchangeRedisCache
        services.AddCloudflareAccess(options => options.Keys.Shared = true);
        services.AddDataProtection().SetApplicationName("orders");
        services.AddHealthChecks().AddCloudflareAccess();
    }

    public static void MapReadiness(this WebApplication app) => app.MapHealthChecks("/ready").AllowAnonymous();
}
