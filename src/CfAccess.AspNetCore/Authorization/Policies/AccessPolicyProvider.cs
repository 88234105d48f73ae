using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.AspNetCore.Authorization.Policies;

/// <summary>
/// Resolves the names of Access policies, and leaves everything else to the application's own provider. A policy of ours contains the default policy, and
/// with it the schemes that the application authenticates by. So an attribute is never weaker than <c>[Authorize]</c>.
/// </summary>
internal sealed class AccessPolicyProvider(IAuthorizationPolicyProvider inner, PolicyRequirements requirements) : IAuthorizationPolicyProvider
{
    /// <summary>The interface's default, false, would turn caching off for all endpoints of the application.</summary>
    public bool AllowsCachingPolicies => inner.AllowsCachingPolicies;

    public Task<AuthorizationPolicy> GetDefaultPolicyAsync() => inner.GetDefaultPolicyAsync();

    public Task<AuthorizationPolicy?> GetFallbackPolicyAsync() => inner.GetFallbackPolicyAsync();

    public Task<AuthorizationPolicy?> GetPolicyAsync(string policyName) =>
        PolicyName.IsAccessPolicy(policyName) ? BuildAsync(policyName) : inner.GetPolicyAsync(policyName);

    /// <summary>
    /// Puts this provider before the one that is registered last, unless that is this provider already. A provider that the application registers
    /// later replaces this one; <see cref="PolicyProviderCheck"/> stops such an application.
    /// </summary>
    public static void Decorate(IServiceCollection services)
    {
        var last = services.Last(service => service.ServiceType == typeof(IAuthorizationPolicyProvider) && !service.IsKeyedService);
        if (last.ImplementationFactory?.Target is not Decoration)
        {
            var decoration = new Decoration();
            services.Add(MakeKeyed(last, decoration));
            services.Add(ServiceDescriptor.Describe(typeof(IAuthorizationPolicyProvider), decoration.Create, last.Lifetime));
        }
    }

    /// <summary>As a keyed service, the container creates and disposes of the inner provider as it did before.</summary>
    private static ServiceDescriptor MakeKeyed(ServiceDescriptor descriptor, object key) => descriptor switch
    {
        { ImplementationInstance: { } instance } => new(descriptor.ServiceType, key, instance),
        { ImplementationFactory: { } factory } => new(descriptor.ServiceType, key, (services, _) => factory(services), descriptor.Lifetime),
        _ => new(descriptor.ServiceType, key, descriptor.ImplementationType!, descriptor.Lifetime),
    };

    private async Task<AuthorizationPolicy?> BuildAsync(string name) => new AuthorizationPolicyBuilder()
        .Combine(await inner.GetDefaultPolicyAsync().ConfigureAwait(false))
        .AddRequirements(requirements.Get(name))
        .Build();

    /// <summary>One decoration: the key of the inner provider, and the mark by which a second call finds this provider registered.</summary>
    private sealed class Decoration
    {
        public AccessPolicyProvider Create(IServiceProvider services) => new AccessPolicyProvider(
            services.GetRequiredKeyedService<IAuthorizationPolicyProvider>(this), services.GetRequiredService<PolicyRequirements>());
    }
}
