using CfAccess.AspNetCore;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.Testing;

/// <summary>A network without a key endpoint.</summary>
public static class DeadKeysEndpoint
{
    public static IServiceCollection AddDeadKeysEndpoint(this IServiceCollection services)
    {
        services.AddHttpClient(CloudflareAccessDefaults.KeysHttpClient).ConfigurePrimaryHttpMessageHandler(() =>
        {
            var endpoint = new KeysEndpoint();
            endpoint.Fail();
            return endpoint;
        });
        return services;
    }
}
