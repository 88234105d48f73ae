using CfAccess.ApiShield.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace CfAccess.ApiShield.Documents;

/// <summary>Watches the three documents, and asks for a reload some time after the first change, so that several can change together.</summary>
internal sealed class DocumentWatch : IDisposable
{
    private readonly ApiShieldDocumentSource[] _sources;
    private readonly string _root;
    private readonly TimeSpan _delay;
    private readonly Action _reload;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private List<IDisposable> _watches = [];
    private bool _isDisposed;

    public DocumentWatch(ApiShieldOptions options, string root, TimeProvider clock, Action reload, ILogger logger)
    {
        _sources = [.. new[] { options.Configurations, options.Rules, options.Operations }.OfType<ApiShieldDocumentSource>()];
        (_root, _delay, _reload, _logger) = (root, options.ReloadDelay, reload, logger);
        _timer = clock.CreateTimer(_ => Reload(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Watch();
    }

    public void Dispose()
    {
        List<IDisposable> watches;
        lock (_gate)
        {
            _isDisposed = true;
            (watches, _watches) = (_watches, []);
        }

        watches.ForEach(watch => watch.Dispose());
        _timer.Dispose();
    }

    private void Changed()
    {
        if (_delay > TimeSpan.Zero)
        {
            _timer.Change(_delay, Timeout.InfiniteTimeSpan);
        }
        else
        {
            Reload();
        }
    }

    private void Reload()
    {
        // What changes from here on is told of again.
        Watch();
        try
        {
            _reload();
        }
#pragma warning disable CA1031 // The application's own stream may throw anything; nobody above a timer could answer it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _logger.ReloadFailed(exception);
        }
    }

    private void Watch()
    {
        List<IDisposable> watches = [];
        foreach (var token in _sources.Select(source => source.Watch(_root)).OfType<IChangeToken>())
        {
            watches.Add(token.RegisterChangeCallback(_ => Changed(), state: null));
            if (token is IDisposable owned)
            {
                watches.Add(owned);
            }
        }

        lock (_gate)
        {
            (watches, _watches) = _isDisposed ? (watches, []) : (_watches, watches);
        }

        // Outside of the lock: disposing waits for a callback, which may wait for the lock.
        watches.ForEach(watch => watch.Dispose());
    }
}
