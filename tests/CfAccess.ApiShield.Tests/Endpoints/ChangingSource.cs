using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Primitives;

namespace CfAccess.ApiShield.Tests.Endpoints;

/// <summary>Endpoints that appear while the application runs.</summary>
internal sealed class ChangingSource : EndpointDataSource, IDisposable
{
    private List<Endpoint> _endpoints = [];
    private CancellationTokenSource _change = new();

    public override IReadOnlyList<Endpoint> Endpoints => _endpoints;

    public void Add(Endpoint endpoint)
    {
        _endpoints = [.. _endpoints, endpoint];
        var before = _change;
        _change = new CancellationTokenSource();
        before.Cancel();
        before.Dispose();
    }

    public override IChangeToken GetChangeToken() => new CancellationChangeToken(_change.Token);

    public void Dispose() => _change.Dispose();
}
