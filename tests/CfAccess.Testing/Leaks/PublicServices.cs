using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.Testing.Leaks;

/// <summary>The services of a library that an application can resolve, since their type is public.</summary>
public static class PublicServices
{
    /// <param name="registered">All registrations of the application.</param>
    /// <param name="services">Those of the application.</param>
    /// <param name="library">Where the services are implemented.</param>
    public static IReadOnlyList<object> Resolve(IServiceCollection registered, IServiceProvider services, Assembly library)
    {
        using var scope = services.CreateScope();
        return
        [
            .. registered
                .Where(service => service is { IsKeyedService: false, ServiceType: { IsVisible: true, IsGenericTypeDefinition: false } })
                .Select(service => service.ServiceType)
                .Distinct()
                .SelectMany(scope.ServiceProvider.GetServices)
                .OfType<object>()
                .Where(service => service.GetType().Assembly == library),
        ];
    }
}
