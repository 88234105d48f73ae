using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;

namespace CfAccess.AspNetCore.Connections;

/// <summary>
/// One call of <c>ProtectCircuitsWithAccess</c>. It marks every endpoint of its builder, so that the check at start finds a call that protects nothing.
/// </summary>
/// <param name="scheme">The scheme that authenticates the callers.</param>
/// <param name="origins">The pages that may open circuits.</param>
/// <param name="isForAll">Whether all endpoints of the builder belong to circuits, as those of <c>MapBlazorHub</c> do.</param>
internal sealed class CircuitProtection(string scheme, PageOrigins origins, bool isForAll)
{
    /// <summary>The hub of circuits, which is internal to the framework.</summary>
    private const string Hub = "Microsoft.AspNetCore.Components.Server.ComponentHub";

    public string Scheme => scheme;

    /// <summary>Whether an endpoint of a circuit was found.</summary>
    public bool HasCircuits { get; private set; }

    /// <summary>Whether an endpoint belongs to circuits. Paths are no sign: a group can change them.</summary>
    public static bool IsCircuit(IEnumerable<object> metadata) => metadata.Any(item =>
        item is InteractiveServerRenderMode || (item is HubMetadata hub && hub.HubType.FullName == Hub));

    public void Apply(EndpointBuilder endpoint)
    {
        endpoint.Metadata.Add(this);
        if (!isForAll && !IsCircuit(endpoint.Metadata))
        {
            return;
        }

        HasCircuits = true;
        foreach (var options in endpoint.Metadata.OfType<HttpConnectionDispatcherOptions>())
        {
            options.CloseOnAuthenticationExpiration = true;
        }

        var next = endpoint.RequestDelegate ?? throw new InvalidOperationException(
            $"'{endpoint.DisplayName}' has no delegate that ProtectCircuitsWithAccess could protect.");
        endpoint.RequestDelegate = context => InvokeAsync(context, next);
    }

    private async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (!origins.Allow(context.Request))
        {
            ForeignPage.Reject(context);
            return;
        }

        var result = await context.AuthenticateAsync(scheme).ConfigureAwait(false);
        if (result.Failure is not null)
        {
            await context.ChallengeAsync(scheme).ConfigureAwait(false);
            return;
        }

        if (result.Succeeded)
        {
            CircuitUser.SignIn(context, result.Ticket);
        }

        await next(context).ConfigureAwait(false);
    }
}
