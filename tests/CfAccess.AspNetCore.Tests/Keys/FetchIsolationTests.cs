using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using CfAccess.AspNetCore.Keys;
using CfAccess.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CfAccess.AspNetCore.Tests.Keys;

/// <summary>A shared fetch is nobody's: what its cause, its log or its end does harms no other.</summary>
public sealed class FetchIsolationTests
{
    private static readonly AsyncLocal<string?> OfRequest = new();

    [Fact]
    public async Task Nothing_of_the_request_that_caused_a_fetch_goes_with_it()
    {
        using var seen = new ContextHandler();
        await using var rig = await KeyRig.StartAsync(build: services => services
            .AddHttpClient(CloudflareAccessDefaults.KeysHttpClient).AddHttpMessageHandler(() => seen));
        var headers = new List<string>();
        var answer = rig.Endpoint.Answer;
        rig.Endpoint.Answer = (request, cancellationToken) =>
        {
            headers.AddRange(request.Headers.Select(header => $"{header.Key}: {string.Join(',', header.Value)}"));
            return answer(request, cancellationToken);
        };

        using var activity = new Activity("request").SetIdFormat(ActivityIdFormat.W3C).AddBaggage("secret", "chosen").Start();
        activity.TraceStateString = "evil=chosen";
        OfRequest.Value = "request";
        (await rig.StatusAsync(KeyRig.Current)).ShouldBe(KeyStatus.Found);

        seen.Context.ShouldBeNull();
        headers.Order(StringComparer.Ordinal).ShouldBe(
            ["Accept: application/json", $"Host: {rig.Endpoint.Origin.Authority}", $"User-Agent: {SentUserAgent.Expected}"]);
    }

    [Fact]
    public async Task A_log_sink_that_throws_does_not_end_the_fetching()
    {
        using var sink = new BrokenSink();
        await using var rig = await KeyRig.StartAsync(build: services => services.AddLogging(logging => logging.AddProvider(sink)));
        sink.IsBroken = true;
        await rig.StatusAsync(KeyRig.Current);

        sink.IsBroken = false;
        rig.Clock.Advance(rig.Options.Cooldown);

        (await rig.StatusAsync(KeyRig.Current)).ShouldBe(KeyStatus.Found);
    }

    [Fact]
    public async Task A_log_sink_that_throws_does_not_end_the_planned_fetches()
    {
        using var sink = new BrokenSink();
        await using var rig = await KeyRig.StartWarmAsync(
            keys => (keys.RetryDelay, keys.Cooldown) = (TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5)),
            services => services.AddLogging(logging => logging.AddProvider(sink)));
        sink.IsBroken = true;
        rig.Provider.Refresh();
        await rig.ResolveAsync("forged");

        sink.IsBroken = false;
        rig.NextAttemptAt.ShouldNotBeNull();
        (await rig.AdvanceToFetchAsync(TimeSpan.FromSeconds(66))).ShouldBeInRange(TimeSpan.FromSeconds(54), TimeSpan.FromSeconds(66));
    }

    [Fact]
    public async Task A_log_sink_that_throws_does_not_end_the_follow_up_of_a_failed_fetch()
    {
        using var sink = new BrokenSink();
        await using var rig = await KeyRig.StartWarmAsync(build: services => services.AddLogging(logging => logging.AddProvider(sink)));
        sink.IsBroken = true;
        await rig.ResolveAsync(KeyRig.Next);

        sink.IsBroken = false;
        rig.Endpoint.Publish(KeyRig.Next);
        (await rig.AdvanceToFetchAsync(rig.Options.Cooldown)).ShouldBe(rig.Options.Cooldown);
        rig.Find(KeyRig.Next).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_caller_whose_context_does_not_flow_anyway_is_served_and_keeps_it_so()
    {
        await using var rig = await KeyRig.StartAsync();
        Task<KeyResolution> resolution;
        using (ExecutionContext.SuppressFlow())
        {
            resolution = rig.ResolveAsync(KeyRig.Current);
            ExecutionContext.IsFlowSuppressed().ShouldBeTrue();
        }

        (await resolution).Status.ShouldBe(KeyStatus.Found);
    }

    [Fact]
    public async Task Disposing_leaves_no_timer_behind()
    {
        await using var rig = await KeyRig.StartWarmAsync();
        rig.Provider.Dispose();
        rig.Clock.Advance(TimeSpan.FromDays(1));
        rig.Clock.FiredTimers.ShouldBe(0);
    }

    [Fact]
    public async Task Disposing_lets_everyone_go()
    {
        await using var rig = await KeyRig.StartAsync();
        rig.Endpoint.Hang();
        var waiting = Enumerable.Range(0, 10).Select(_ => rig.ResolveAsync(KeyRig.Current)).ToList();
        await rig.Endpoint.ReceivedAsync(1);

        rig.Provider.Dispose();
        rig.Provider.Dispose();

        (await Task.WhenAll(waiting)).ShouldAllBe(resolution => resolution.Status == KeyStatus.Unavailable);
        (await rig.StatusAsync(KeyRig.Current)).ShouldBe(KeyStatus.Unavailable);
    }

    [Fact]
    public async Task Nothing_that_the_other_side_sends_reaches_the_log()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        await using var rig = await KeyRig.StartAsync(url: new Uri($"http://{listener.LocalEndpoint}/cdn-cgi/access/certs"));
        var resolution = rig.ResolveAsync(KeyRig.Current);
        using (var peer = await listener.AcceptTcpClientAsync())
        {
            await peer.GetStream().WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\n\u001b[31mOWNED by remote\r\n\r\n"));
        }

        (await resolution).Status.ShouldBe(KeyStatus.Unavailable);
        rig.Log.Entries.Where(entry => entry.Category.StartsWith("CfAccess", StringComparison.Ordinal))
            .ShouldAllBe(entry => !entry.Message.Contains("OWNED", StringComparison.Ordinal) && !entry.Message.Any(char.IsControl));
    }

    private sealed class ContextHandler : DelegatingHandler
    {
        public string? Context { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Context = OfRequest.Value;
            return base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class BrokenSink : ILoggerProvider, ILogger
    {
        public bool IsBroken { get; set; }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsBroken)
            {
                throw new InvalidOperationException("The disk is full.");
            }
        }

        public void Dispose()
        {
        }
    }
}
