using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.Documentation.Tests;

public static class Caching
{
    public static void AddRedis(this IServiceCollection services, string configuration) =>
        services.AddStackExchangeRedisCache(options =>
        {
            options.Configuration = configuration;
            options.InstanceName = "orders:";     // the prefix of this application's entries
        });
}
