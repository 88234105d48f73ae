using CfAccess.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CfAccess.AspNetCore.Connections;

/// <summary>
/// Ends a circuit before its next event if its token has expired, or if its user is not the one who opened it: a browser that reconnects with another
/// person's token would continue with the first person's state. An exception is the only way to end a circuit from inside.
/// </summary>
/// <param name="services">
/// The circuit's services. An application without Blazor lacks some of them, and must still be able to create every registered service.
/// </param>
/// <param name="options">The options of the schemes, for their clocks.</param>
/// <param name="loggers">Creates the logger.</param>
internal sealed class AccessCircuitHandler(
    IServiceProvider services, IOptionsMonitor<CloudflareAccessOptions> options, SafeLoggerFactory loggers) : CircuitHandler
{
    private readonly ILogger _logger = loggers.CreateLogger(LogCategories.Connections);
    private string? _opener;

    /// <summary>A circuit that was paused continues as a new circuit, with the state of the old one.</summary>
    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        var paused = new PausedCircuitUser(services.GetRequiredService<PersistentComponentState>());
        var user = await FindUserAsync().ConfigureAwait(true);
        if (!paused.IsAbsentOr(user))
        {
            throw End("another user has resumed it");
        }

        _opener = user.Id;
        paused.Remember(user);
    }

    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) =>
        async activity =>
        {
            if (await FindReasonToEndAsync().ConfigureAwait(true) is { } reason)
            {
                throw End(reason);
            }

            // The event runs in the circuit's own synchronization context.
            await next(activity).ConfigureAwait(true);
        };

    private async Task<string?> FindReasonToEndAsync() => await FindUserAsync().ConfigureAwait(true) switch
    {
        var user when user.Id != _opener => "another user has connected",
        { Expiration: var (end, scheme) } when end <= options.Get(scheme).TimeProvider!.GetUtcNow() => "the token has expired",
        _ => null,
    };

    private async Task<CircuitUser> FindUserAsync()
    {
        var states = services.GetRequiredService<AuthenticationStateProvider>();
        return CircuitUser.From((await states.GetAuthenticationStateAsync().ConfigureAwait(true)).User);
    }

    /// <summary>The browser shows the text of the exception if detailed errors are on.</summary>
    private InvalidOperationException End(string reason)
    {
        _logger.CircuitEnded(reason);
        return new("The session of this page has ended. Reload the page.");
    }
}
