using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CfAccess.Shared.Diagnostics;

/// <summary>Registers an activity source. Each application has its own, as it has its own meter, and all packages of an application use the same one.</summary>
internal static class ActivitySourceRegistration
{
    /// <param name="services">The services of the application.</param>
    /// <param name="name">The name of the activity source, which is also the key of the service.</param>
    public static void AddActivitySource(this IServiceCollection services, string name) =>
        services.TryAddKeyedSingleton(name, (_, _) => new ActivitySource(name));
}
