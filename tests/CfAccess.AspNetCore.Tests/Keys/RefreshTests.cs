using CfAccess.AspNetCore.Keys;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CfAccess.AspNetCore.Tests.Keys;

public sealed class RefreshTests
{
    /// <summary>Past the refresh interval with all of its jitter.</summary>
    private static readonly TimeSpan PastRefresh = TimeSpan.FromMinutes(67);

    [Fact]
    public async Task Fresh_keys_are_served_from_memory()
    {
        await using var rig = await KeyRig.StartWarmAsync();

        rig.Clock.Advance(TimeSpan.FromMinutes(53));

        rig.AtOnce(KeyRig.Current.Kid).ShouldNotBeNull().Status.ShouldBe(KeyStatus.Found);
        rig.Find(KeyRig.Old).ShouldNotBeNull();
        rig.Endpoint.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Due_keys_are_served_at_once_while_one_refresh_runs_behind()
    {
        await using var rig = await KeyRig.StartWarmAsync();
        var gate = rig.Endpoint.Hold();

        rig.Clock.AdjustTime(rig.Clock.GetUtcNow() + PastRefresh);
        for (var request = 0; request < 100; request++)
        {
            rig.AtOnce(KeyRig.Current.Kid).ShouldNotBeNull().Status.ShouldBe(KeyStatus.Found);
        }

        await rig.Endpoint.ReceivedAsync(2);
        gate.SetResult();
        await rig.FetchedAsync(2);
        rig.Endpoint.Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_idle_application_refreshes_its_keys_on_a_timer()
    {
        await using var rig = await KeyRig.StartWarmAsync();

        for (var refresh = 0; refresh < 24; refresh++)
        {
            await rig.AdvanceToFetchAsync(PastRefresh);
        }

        rig.Endpoint.Count.ShouldBe(25);
        rig.Outcomes.ShouldAllBe(outcome => outcome == "success");
    }

    [Fact]
    public void The_refresh_interval_has_ten_percent_of_jitter()
    {
        var delays = new HashSet<TimeSpan>();
        var schedule = new RefreshSchedule(new CloudflareAccessKeyOptions());
        for (var refresh = 0; refresh < 1000; refresh++)
        {
            var delay = schedule.AfterSuccess();
            delay.ShouldBeInRange(TimeSpan.FromMinutes(54), TimeSpan.FromMinutes(66));
            delays.Add(delay);
        }

        delays.Count.ShouldBeGreaterThan(900);
    }

    [Fact]
    public void The_longest_retry_delay_has_jitter_and_is_never_exceeded()
    {
        var delays = Retries(new CloudflareAccessKeyOptions()).Skip(5).Take(1000).ToList();
        delays.ShouldAllBe(delay => delay >= TimeSpan.FromSeconds(270) && delay <= TimeSpan.FromSeconds(300));
        delays.Distinct().Count().ShouldBeInRange(400, 600);
    }

    [Fact]
    public void No_number_of_failures_is_too_many_for_the_longest_retry_delays()
    {
        var options = new CloudflareAccessKeyOptions { RetryDelay = TimeSpan.FromHours(1), MaximumRetryDelay = TimeSpan.FromHours(24) };
        Retries(options).Skip(5).Take(5000).ShouldAllBe(delay => delay >= TimeSpan.FromHours(21.6) && delay <= TimeSpan.FromHours(24));
    }

    [Fact]
    public async Task A_dead_endpoint_for_23_hours_refuses_no_known_key()
    {
        await using var rig = await KeyRig.StartWarmAsync();
        rig.Endpoint.AnswerWith(404, "<html>", "text/html");

        for (var elapsed = TimeSpan.Zero; elapsed < TimeSpan.FromHours(23); elapsed += TimeSpan.FromMinutes(5))
        {
            rig.Clock.Advance(TimeSpan.FromMinutes(5));
            rig.Find(KeyRig.Current).ShouldNotBeNull();
        }
    }

    [Fact]
    public async Task A_failed_refresh_is_repeated_ever_more_slowly_and_logged_once()
    {
        await using var rig = await KeyRig.StartWarmAsync();
        rig.Endpoint.AnswerWith(500, "no");
        await rig.AdvanceToFetchAsync(PastRefresh);

        double[] expected = [10, 20, 40, 80, 160, 300, 300, 300];
        foreach (var seconds in expected)
        {
            var delay = await rig.AdvanceToFetchAsync(rig.Options.MaximumRetryDelay);
            delay.TotalSeconds.ShouldBeInRange(seconds * 0.9, Math.Min(seconds * 1.1, 300));
        }

        rig.Log.Entries.Where(entry => entry.Level >= LogLevel.Warning).Select(entry => entry.Event).ShouldBe(["KeysRefreshFailed"]);
        rig.Endpoint.Publish(KeyRig.Current);
        await rig.AdvanceToFetchAsync(rig.Options.MaximumRetryDelay);
        rig.Log.Named("KeysRecovered").Count().ShouldBe(1);
    }

    [Fact]
    public async Task Keys_past_the_maximum_staleness_are_trusted_no_longer_and_a_new_set_serves_within_one_cool_down()
    {
        await using var rig = await KeyRig.StartWarmAsync();
        rig.Endpoint.AnswerWith(500, "no");

        rig.Clock.Advance(rig.Options.MaximumStaleness - TimeSpan.FromTicks(1));
        rig.Find(KeyRig.Current).ShouldNotBeNull();
        rig.Clock.Advance(TimeSpan.FromTicks(1));

        rig.Find(KeyRig.Current).ShouldBeNull();
        (await rig.StatusAsync(KeyRig.Current)).ShouldBe(KeyStatus.Unavailable);

        rig.Endpoint.Publish(KeyRig.Current);
        rig.Clock.Advance(rig.Options.Cooldown);
        (await rig.StatusAsync(KeyRig.Current)).ShouldBe(KeyStatus.Found);
    }

    [Fact]
    public async Task A_key_that_leaves_the_set_is_known_no_longer_after_the_refresh()
    {
        await using var rig = await KeyRig.StartWarmAsync();
        rig.Endpoint.Publish(KeyRig.Current);

        rig.Find(KeyRig.Old).ShouldNotBeNull();
        await rig.AdvanceToFetchAsync(PastRefresh);

        rig.Find(KeyRig.Old).ShouldBeNull();
        rig.Find(KeyRig.Current).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_clock_that_is_set_back_neither_ends_the_trust_nor_stops_the_refresh()
    {
        await using var rig = await KeyRig.StartWarmAsync();

        rig.Clock.AdjustTime(rig.Clock.GetUtcNow() - TimeSpan.FromDays(400));

        (await rig.StatusAsync(KeyRig.Current)).ShouldBe(KeyStatus.Found);
        rig.Endpoint.Publish(KeyRig.Next);
        (await rig.StatusAsync(KeyRig.Next)).ShouldBe(KeyStatus.Found);
    }

    [Fact]
    public async Task An_answer_that_comes_after_its_time_is_dropped()
    {
        using var late = new LateHandler();
        await using var rig = await KeyRig.StartWarmAsync(build: services => services
            .AddHttpClient(CloudflareAccessDefaults.KeysHttpClient).AddHttpMessageHandler(() => late));
        late.HoldNext();
        rig.Provider.Refresh();
        await rig.Endpoint.ReceivedAsync(2);
        rig.Clock.Advance(rig.Options.FetchTimeout);
        await rig.FetchedAsync(2);

        rig.Endpoint.Publish(KeyRig.Next);
        (await rig.StatusAsync(KeyRig.Next)).ShouldBe(KeyStatus.Found);
        await late.ReleaseAsync();

        rig.Find(KeyRig.Next).ShouldNotBeNull();
        rig.Find(KeyRig.Current).ShouldBeNull();
        rig.Outcomes.ShouldBe(["success", "timeout", "success"]);
    }

    private static IEnumerable<TimeSpan> Retries(CloudflareAccessKeyOptions options)
    {
        var schedule = new RefreshSchedule(options);
        while (true)
        {
            yield return schedule.AfterFailure(hasTrustedSet: true);
        }
    }

    /// <summary>A handler of the application that does not heed cancellation, and passes one answer on late.</summary>
    private sealed class LateHandler : DelegatingHandler
    {
        private readonly TaskCompletionSource _gate = new();
        private readonly TaskCompletionSource _passed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private bool _holdNext;

        public void HoldNext() => _holdNext = true;

        public Task ReleaseAsync()
        {
            _gate.SetResult();
            return _passed.Task;
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (!_holdNext)
            {
                return await base.SendAsync(request, cancellationToken);
            }

            _holdNext = false;
            var response = await base.SendAsync(request, CancellationToken.None);
            await _gate.Task;
            _passed.SetResult();
            return response;
        }
    }
}
