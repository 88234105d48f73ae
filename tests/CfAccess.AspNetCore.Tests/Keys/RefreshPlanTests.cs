using CfAccess.AspNetCore.Keys;

namespace CfAccess.AspNetCore.Tests.Keys;

/// <summary>When the next planned fetch comes, whatever requests cause meanwhile.</summary>
public sealed class RefreshPlanTests
{
    [Fact]
    public async Task A_refresh_begins_at_the_very_time_it_is_due_and_the_next_is_planned_when_it_ends()
    {
        await using var rig = await KeyRig.StartWarmAsync();
        var gate = rig.Endpoint.Hold();
        var due = rig.NextAttemptAt.ShouldNotBeNull();

        rig.Clock.AdjustTime(due - TimeSpan.FromTicks(1));
        rig.Find(KeyRig.Current).ShouldNotBeNull();
        rig.NextAttemptAt.ShouldBe(due);
        rig.Clock.AdjustTime(due);
        rig.Find(KeyRig.Current).ShouldNotBeNull();
        rig.NextAttemptAt.ShouldBeNull();

        gate.SetResult();
        await rig.FetchedAsync(2);
        rig.NextAttemptAt.ShouldNotBeNull().ShouldBeInRange(due.AddMinutes(54), due.AddMinutes(66));
        rig.Log.Named("KeysFetching").Select(entry => entry.Message)
            .ShouldBe(Enumerable.Repeat($"Fetching signing keys from {rig.Endpoint.CertsUrl}.", 2));
    }

    [Fact]
    public async Task A_clock_that_is_set_back_under_a_request_begins_no_refresh_before_its_time()
    {
        await using var rig = await KeyRig.StartWarmAsync();
        var due = rig.NextAttemptAt.ShouldNotBeNull();

        rig.Refresher.RefreshIfDue(due);

        rig.Refresher.InFlight.ShouldBeNull();
        rig.NextAttemptAt.ShouldBe(due);
    }

    [Fact]
    public async Task A_failed_fetch_that_a_request_caused_puts_no_planned_refresh_off()
    {
        await using var rig = await KeyRig.StartWarmAsync(keys => keys.Cooldown = TimeSpan.FromMinutes(5));
        rig.Endpoint.AnswerWith(500, "no");
        var gate = rig.Endpoint.Hold();
        var due = rig.NextAttemptAt.ShouldNotBeNull();
        rig.AdvanceTo(due - TimeSpan.FromMinutes(1));

        var resolution = rig.ResolveAsync(KeyRig.Next);
        rig.NextAttemptAt.ShouldBe(due);
        gate.SetResult();

        (await resolution).Status.ShouldBe(KeyStatus.NotCurrent);
        rig.NextAttemptAt.ShouldBe(due);
        (await rig.AdvanceToFetchAsync(TimeSpan.FromMinutes(1))).ShouldBe(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_refresh_that_fell_due_during_a_fetch_that_failed_is_made_up_for()
    {
        await using var rig = await KeyRig.StartWarmAsync(keys => keys.Cooldown = TimeSpan.FromMinutes(1));
        rig.Endpoint.Hang();
        rig.AdvanceTo(rig.NextAttemptAt.ShouldNotBeNull() - TimeSpan.FromSeconds(1));
        var resolution = rig.ResolveAsync(KeyRig.Next);
        await rig.Endpoint.ReceivedAsync(2);

        rig.Clock.Advance(rig.Options.FetchTimeout);
        await rig.FetchedAsync(2);

        (await resolution).Status.ShouldBe(KeyStatus.NotCurrent);
        var now = rig.Clock.GetUtcNow();
        rig.NextAttemptAt.ShouldNotBeNull().ShouldBeInRange(now.AddSeconds(9), now.AddSeconds(11));
    }

    [Fact]
    public async Task A_refresh_without_trusted_keys_that_falls_due_within_the_cool_down_comes_when_that_ends()
    {
        await using var rig = await KeyRig.StartWarmAsync(keys =>
        {
            keys.RefreshInterval = keys.RetryDelay = TimeSpan.FromMinutes(1);
            keys.MaximumStaleness = TimeSpan.FromSeconds(90);
        });
        rig.Endpoint.AnswerWith(500, "no");
        await rig.AdvanceToFetchAsync(TimeSpan.FromSeconds(66));
        var due = rig.NextAttemptAt.ShouldNotBeNull();
        rig.AdvanceTo(due - TimeSpan.FromSeconds(3));
        (await rig.StatusAsync(KeyRig.Current)).ShouldBe(KeyStatus.Unavailable);

        rig.Clock.Advance(TimeSpan.FromSeconds(3));

        rig.NextAttemptAt.ShouldBe(due + TimeSpan.FromSeconds(7));
        rig.Endpoint.Publish(KeyRig.Current);
        await rig.AdvanceToFetchAsync(TimeSpan.FromSeconds(7));
        rig.Find(KeyRig.Current).ShouldNotBeNull();
    }
}
