using CfAccess.AspNetCore;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.Testing;

/// <summary>Replaces the network below a named HTTP client.</summary>
public static class EndpointExtensions
{
    public static IServiceCollection AddEndpoint(this IServiceCollection services, string client, HttpMessageHandler endpoint)
    {
        services.AddHttpClient(client).ConfigurePrimaryHttpMessageHandler(() => endpoint).SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        return services;
    }

    /// <summary>Every fetch of signing keys fails.</summary>
    public static IServiceCollection AddDeadKeysEndpoint(this IServiceCollection services)
    {
        var endpoint = new KeysEndpoint();
        endpoint.Fail();
        return services.AddEndpoint(CloudflareAccessDefaults.KeysHttpClient, endpoint);
    }
}
