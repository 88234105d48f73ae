using CfAccess.AspNetCore.Keys;
using CfAccess.Testing;

namespace CfAccess.AspNetCore.Tests.Keys;

/// <summary>
/// A fetch that an unknown key caused failed, so nobody knows whether the key is a new one. The provider fetches again by itself when the cool-down ends.
/// </summary>
public sealed class FollowUpTests
{
    [Fact]
    public async Task A_rotated_key_is_accepted_one_cool_down_after_an_outage_without_another_token()
    {
        await using var rig = await KeyRig.StartWarmAsync();
        rig.Endpoint.AnswerWith(500, "no");
        (await rig.StatusAsync(KeyRig.Next)).ShouldBe(KeyStatus.NotCurrent);
        rig.Endpoint.Publish(KeyRig.Current, KeyRig.Next);

        rig.NextAttemptAt.ShouldBe(rig.Clock.GetUtcNow() + rig.Options.Cooldown);
        (await rig.AdvanceToFetchAsync(rig.Options.Cooldown)).ShouldBe(rig.Options.Cooldown);

        rig.Find(KeyRig.Next).ShouldNotBeNull();
        rig.Endpoint.Count.ShouldBe(3);
    }

    [Fact]
    public async Task An_outage_is_probed_once_a_cool_down_until_it_is_over_and_then_once_an_interval_again()
    {
        await using var rig = await KeyRig.StartWarmAsync();
        rig.Endpoint.AnswerWith(500, "no");
        await rig.StatusAsync(KeyRig.Next);

        for (var fetch = 0; fetch < 10; fetch++)
        {
            (await rig.AdvanceToFetchAsync(rig.Options.Cooldown)).ShouldBe(rig.Options.Cooldown);
        }

        rig.Endpoint.Publish(KeyRig.Current);
        await rig.AdvanceToFetchAsync(rig.Options.Cooldown);
        rig.NextAttemptAt.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(rig.Clock.GetUtcNow().AddMinutes(54));
        rig.Log.Named("KeysRefreshFailed").ShouldHaveSingleItem();
        rig.Log.Named("KeysRecovered").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_follow_up_is_the_one_fetch_of_its_cool_down()
    {
        await using var rig = await KeyRig.StartWarmAsync();
        rig.Endpoint.AnswerWith(500, "no");
        await rig.StatusAsync(KeyRig.Next);
        await rig.AdvanceToFetchAsync(rig.Options.Cooldown);

        rig.Clock.Advance(rig.Options.Cooldown - TimeSpan.FromTicks(1));

        rig.AtOnce(KeyRig.Next.Kid).ShouldNotBeNull().Status.ShouldBe(KeyStatus.NotCurrent);
        rig.AtOnce("forged").ShouldNotBeNull().Status.ShouldBe(KeyStatus.NotCurrent);
        rig.Endpoint.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_token_that_fetches_when_the_cool_down_ends_takes_the_place_of_the_follow_up()
    {
        await using var rig = await KeyRig.StartWarmAsync();
        rig.Endpoint.AnswerWith(500, "no");
        await rig.StatusAsync(KeyRig.Next);
        rig.Clock.AdjustTime(rig.Clock.GetUtcNow() + rig.Options.Cooldown);

        (await rig.StatusAsync(KeyRig.Next)).ShouldBe(KeyStatus.NotCurrent);

        rig.Endpoint.Count.ShouldBe(3);
        rig.NextAttemptAt.ShouldBe(rig.Clock.GetUtcNow() + rig.Options.Cooldown);
    }

    [Fact]
    public async Task A_planned_refresh_that_fails_meanwhile_does_not_put_the_follow_up_off()
    {
        await using var rig = await KeyRig.StartWarmAsync(
            keys => (keys.Cooldown, keys.RetryDelay, keys.MaximumRetryDelay) = (TimeSpan.FromMinutes(5), TimeSpan.FromHours(1), TimeSpan.FromHours(1)));
        rig.Endpoint.AnswerWith(500, "no");
        rig.AdvanceTo(rig.NextAttemptAt.ShouldNotBeNull() - TimeSpan.FromMinutes(1));
        await rig.StatusAsync(KeyRig.Next);
        (await rig.AdvanceToFetchAsync(TimeSpan.FromMinutes(1))).ShouldBe(TimeSpan.FromMinutes(1));

        (await rig.AdvanceToFetchAsync(TimeSpan.FromMinutes(4))).ShouldBe(TimeSpan.FromMinutes(4));

        rig.Endpoint.Count.ShouldBe(4);
    }

    [Fact]
    public async Task A_follow_up_that_falls_due_during_a_planned_refresh_starts_when_that_fails()
    {
        await using var rig = await KeyRig.StartWarmAsync(keys => (keys.FetchTimeout, keys.RetryDelay) = (TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5)));
        rig.Endpoint.AnswerWith(500, "no");
        await rig.StatusAsync(KeyRig.Next);
        var gate = rig.Endpoint.Hold();
        rig.Provider.Refresh();
        await rig.Endpoint.ReceivedAsync(3);
        rig.Clock.Advance(rig.Options.Cooldown);
        gate.SetResult();
        await rig.FetchedAsync(3);

        rig.Clock.Advance(TestClock.Tick);

        await rig.FetchedAsync(4);
    }

    [Fact]
    public async Task A_planned_refresh_that_succeeds_meanwhile_makes_the_follow_up_needless()
    {
        await using var rig = await KeyRig.StartWarmAsync();
        rig.Endpoint.AnswerWith(500, "no");
        await rig.StatusAsync(KeyRig.Next);
        rig.Endpoint.Publish(KeyRig.Current, KeyRig.Next);
        rig.Provider.Refresh();
        await rig.FetchedAsync(3);

        rig.Clock.Advance(TimeSpan.FromMinutes(50));

        rig.Endpoint.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_fetch_that_takes_longer_than_the_cool_down_is_followed_at_once()
    {
        await using var rig = await KeyRig.StartWarmAsync(keys => keys.Cooldown = TimeSpan.FromSeconds(1));
        rig.Endpoint.Hang();
        var resolution = rig.ResolveAsync(KeyRig.Next);
        await rig.Endpoint.ReceivedAsync(2);
        rig.Endpoint.Publish(KeyRig.Current, KeyRig.Next);
        rig.Clock.Advance(rig.Options.FetchTimeout);
        await rig.FetchedAsync(2);
        (await resolution).Status.ShouldBe(KeyStatus.NotCurrent);

        rig.Clock.Advance(TestClock.Tick);
        await rig.FetchedAsync(3);

        rig.Find(KeyRig.Next).ShouldNotBeNull();
    }

    [Fact]
    public async Task No_follow_up_is_needed_after_a_fetch_that_brought_no_new_key()
    {
        await using var rig = await KeyRig.StartWarmAsync();
        (await rig.StatusAsync(KeyRig.Next)).ShouldBe(KeyStatus.Unknown);

        rig.Clock.Advance(TimeSpan.FromMinutes(50));

        rig.Endpoint.Count.ShouldBe(2);
    }
}
