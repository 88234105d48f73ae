using CfAccess.ApiShield.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace CfAccess.ApiShield.Documents;

/// <summary>Watches the three documents, and asks for a reload some time after the first change, so that several can change together.</summary>
internal sealed class DocumentWatch : IDisposable
{
    /// <summary>How long after documents could not be watched that is tried again.</summary>
    internal static readonly TimeSpan RetryDelay = TimeSpan.FromMinutes(1);

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
        if (!Attempt(Watch, _logger.WatchFailed))
        {
            _timer.Change(RetryDelay, Timeout.InfiniteTimeSpan);
        }

        Attempt(_reload, _logger.ReloadFailed);
    }

    /// <summary>The file system and the application's own stream may throw anything; nobody above a timer could answer it.</summary>
    private static bool Attempt(Action action, Action<Exception> tell)
    {
        try
        {
            action();
            return true;
        }
#pragma warning disable CA1031 // See above.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            tell(exception);
            return false;
        }
    }

    private void Watch()
    {
        List<IDisposable> watches = [];
        try
        {
            foreach (var token in _sources.Select(source => source.Watch(_root)).OfType<IChangeToken>())
            {
                if (token is IDisposable owned)
                {
                    watches.Add(owned);
                }

                watches.Insert(0, token.RegisterChangeCallback(_ => Changed(), state: null));
            }
        }
        catch
        {
            // The ones that were there before stay.
            watches.ForEach(watch => watch.Dispose());
            throw;
        }

        lock (_gate)
        {
            (watches, _watches) = _isDisposed ? (watches, []) : (_watches, watches);
        }

        // Outside of the lock: disposing waits for a callback, which may wait for the lock.
        watches.ForEach(watch => watch.Dispose());
    }
}
