using CfAccess.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CfAccess.AspNetCore.Connections;

/// <summary>
/// Ends a circuit before its next event if its token has expired, or if its user is not the one who opened it: a browser that reconnects with another
/// person's token would continue with the first person's state. An exception is the only way to end a circuit from inside.
/// </summary>
internal sealed class AccessCircuitHandler : CircuitHandler
{
    private readonly AuthenticationStateProvider _states;
    private readonly IOptionsMonitor<CloudflareAccessOptions> _options;
    private readonly PausedCircuitUser _paused;
    private readonly ILogger _logger;
    private string? _opener;

    public AccessCircuitHandler(
        AuthenticationStateProvider states,
        IOptionsMonitor<CloudflareAccessOptions> options,
        PersistentComponentState state,
        SafeLoggerFactory loggers)
    {
        (_states, _options) = (states, options);
        _paused = new PausedCircuitUser(state);
        _logger = loggers.CreateLogger(LogCategories.Connections);
    }

    /// <summary>A circuit that was paused continues as a new circuit, with the state of the old one.</summary>
    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        var user = await FindUserAsync().ConfigureAwait(true);
        if (!_paused.IsAbsentOr(user))
        {
            throw End("another user has resumed it");
        }

        _opener = user.Id;
        _paused.Remember(user);
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
        { Expiration: var (end, scheme) } when end <= _options.Get(scheme).TimeProvider!.GetUtcNow() => "the token has expired",
        _ => null,
    };

    private async Task<CircuitUser> FindUserAsync() => CircuitUser.From((await _states.GetAuthenticationStateAsync().ConfigureAwait(true)).User);

    /// <summary>The browser shows the text of the exception if detailed errors are on.</summary>
    private InvalidOperationException End(string reason)
    {
        _logger.CircuitEnded(reason);
        return new("The session of this page has ended. Reload the page.");
    }
}
