using System.Runtime.CompilerServices;
using CfAccess.ApiShield.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.ApiShield.Endpoints;

/// <summary>The operations that each endpoint owns. They are found once for an endpoint, and forgotten with it.</summary>
internal sealed class EndpointOperations(OperationIndex operations)
{
    private readonly ConditionalWeakTable<Endpoint, OwnedOperations> _owned = [];

    public OwnedOperations Find(Endpoint endpoint, IServiceProvider services) =>
        _owned.TryGetValue(endpoint, out var known) ? known : Add(endpoint, services);

    /// <summary>Finds the operations of all endpoints of an application, so that no request has to.</summary>
    public void AddAll(IReadOnlyList<Endpoint> endpoints, ParameterPolicyFactory? policies)
    {
        foreach (var group in endpoints.GroupBy(endpoint => EndpointGroup.FindKey(endpoint) ?? endpoint))
        {
            EndpointRoute[] routes = [.. group.OfType<RouteEndpoint>().Where(EndpointRoute.IsMatched).Select(endpoint => new EndpointRoute(endpoint, policies))];
            var owned = new OwnedOperations([.. routes.SelectMany(route => route.FindOwned(operations.Trees, pathBase: [])).Distinct()], routes);
            foreach (var endpoint in group)
            {
                _owned.AddOrUpdate(endpoint, owned);
            }
        }
    }

    /// <summary>Adds an endpoint that the application's list does not have, such as that of a compiled page.</summary>
    private OwnedOperations Add(Endpoint endpoint, IServiceProvider? services)
    {
        var all = services?.GetService<EndpointDataSource>()?.Endpoints ?? [];
        var group = EndpointGroup.FindKey(endpoint) is { } key ? all.Where(one => key.Equals(EndpointGroup.FindKey(one))) : [];
        AddAll([.. group, endpoint], services?.GetService<ParameterPolicyFactory>());
        return _owned.TryGetValue(endpoint, out var owned) ? owned : new([], []);
    }
}
