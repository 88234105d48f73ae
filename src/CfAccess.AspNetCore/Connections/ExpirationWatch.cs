using System.Security.Claims;
using CfAccess.AspNetCore.Claims;
using CfAccess.AspNetCore.Tokens;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CfAccess.AspNetCore.Connections;

/// <summary>Waits for the end of a caller's token, for as long as the request lasts.</summary>
internal sealed class ExpirationWatch : IDisposable
{
    /// <summary>Timers take 49 days at most, and do not hear of a clock that was set or a machine that slept; so the clock is looked at again.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    private readonly ClaimsPrincipal _user;
    private readonly DateTimeOffset _end;
    private readonly TimeProvider _timeProvider;
    private readonly ITimer _timer;
    private readonly CancellationTokenRegistration _aborted;

    /// <summary>Never disposed, so that a timer which fires while the request ends finds it: it holds nothing but memory.</summary>
    private readonly CancellationTokenSource _source = new();

    private ExpirationWatch(ClaimsPrincipal user, DateTimeOffset end, TimeProvider timeProvider, CancellationToken aborted)
    {
        (_user, _end, _timeProvider) = (user, end, timeProvider);
        _timer = timeProvider.CreateTimer(
            static watch => ((ExpirationWatch)watch!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _aborted = aborted.UnsafeRegister(static watch => ((ExpirationWatch)watch!).End(), this);
        Look();
    }

    public CancellationToken Token => _source.Token;

    /// <summary>The watch over the request's caller; a new one where the request has another caller than before.</summary>
    /// <exception cref="InvalidOperationException">There is no such caller.</exception>
    public static ExpirationWatch Of(HttpContext context)
    {
        if (context.Features.Get<ExpirationWatch>() is { } known && ReferenceEquals(known._user, context.User))
        {
            return known;
        }

        var (end, timeProvider) = EndOf(context);
        var watch = new ExpirationWatch(context.User, end, timeProvider, context.RequestAborted);
        context.Features.Set(watch);
        context.Response.RegisterForDispose(watch);
        return watch;
    }

    public void Dispose()
    {
        // Dispose would wait for a callback that runs, and that may be the application's own.
        _aborted.Unregister();
        End();
    }

    /// <summary>The first of the ends that count, where several schemes found the same caller.</summary>
    private static (DateTimeOffset End, TimeProvider TimeProvider) EndOf(HttpContext context)
    {
        var options = context.RequestServices.GetService<IOptionsMonitor<CloudflareAccessOptions>>();
        var ends = AccessClaimsIdentity.Of(context.User)
            .Select(caller => (caller.Expiration, Options: options!.Get(caller.Scheme)))
            .Select(caller => (End: TokenLifetime.AcceptedUntil(caller.Expiration, caller.Options.ClockSkew), caller.Expiration, caller.Options.TimeProvider))
            .ToList();
        if (ends.Count == 0)
        {
            throw new InvalidOperationException(
                "Cloudflare Access authenticated nobody in this request, so there is no token whose end could be waited for. Protect the endpoint "
                + "with RequireAuthorization, or ask User.IsAccessUser() and User.IsAccessServiceToken() first.");
        }

        var (end, expiration, timeProvider) = ends.MinBy(one => one.End);
        var ticket = context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties?.ExpiresUtc;
        return (ticket < expiration ? ticket.Value : end, timeProvider!);
    }

    private void Look()
    {
        var left = _end - _timeProvider.GetUtcNow();
        if (left <= TimeSpan.Zero)
        {
            End();
        }
        else
        {
            _timer.Change(left < LongestWait ? left : LongestWait, Timeout.InfiniteTimeSpan);
        }
    }

    private void End()
    {
        _timer.Dispose();
        _source.Cancel();
    }
}
