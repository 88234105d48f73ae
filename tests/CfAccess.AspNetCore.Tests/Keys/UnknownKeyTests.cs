using System.Globalization;
using CfAccess.AspNetCore.Keys;

namespace CfAccess.AspNetCore.Tests.Keys;

public sealed class UnknownKeyTests
{
    [Fact]
    public async Task A_rotation_under_fifty_clients_refuses_nobody_and_costs_one_fetch()
    {
        await using var rig = await KeyRig.StartWarmAsync();
        rig.Endpoint.Publish(KeyRig.Current, KeyRig.Next);

        var statuses = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => rig.StatusAsync(KeyRig.Next)));

        statuses.ShouldAllBe(status => status == KeyStatus.Found);
        rig.Endpoint.Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_unknown_key_within_the_cool_down_is_refused_at_once_without_a_fetch()
    {
        await using var rig = await KeyRig.StartWarmAsync();
        (await rig.ResolveAsync("forged-1")).Status.ShouldBe(KeyStatus.Unknown);

        rig.Clock.Advance(rig.Options.Cooldown - TimeSpan.FromTicks(1));

        rig.AtOnce("forged-2").ShouldNotBeNull().Status.ShouldBe(KeyStatus.Unknown);
        rig.Endpoint.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_new_key_that_the_endpoint_published_late_is_served_within_one_cool_down()
    {
        await using var rig = await KeyRig.StartWarmAsync();
        (await rig.StatusAsync(KeyRig.Next)).ShouldBe(KeyStatus.Unknown);
        rig.Endpoint.Publish(KeyRig.Current, KeyRig.Next);
        (await rig.StatusAsync(KeyRig.Next)).ShouldBe(KeyStatus.Unknown);

        rig.Clock.Advance(rig.Options.Cooldown);

        (await rig.StatusAsync(KeyRig.Next)).ShouldBe(KeyStatus.Found);
        rig.Endpoint.Count.ShouldBe(3);
    }

    [Fact]
    public async Task An_unknown_key_that_the_cool_down_keeps_from_a_fetch_is_counted()
    {
        await using var rig = await KeyRig.StartWarmAsync();
        (await rig.ResolveAsync("forged-1")).Status.ShouldBe(KeyStatus.Unknown);
        rig.SuppressedCount.ShouldBe(0);

        rig.AtOnce("forged-1").ShouldNotBeNull();
        rig.AtOnce("forged-2").ShouldNotBeNull();

        rig.SuppressedCount.ShouldBe(2);
    }

    [Fact]
    public async Task An_unknown_key_while_the_endpoint_is_down_is_refused_because_the_keys_are_not_current()
    {
        await using var rig = await KeyRig.StartWarmAsync();
        rig.Endpoint.AnswerWith(500, "no");

        (await rig.StatusAsync(KeyRig.Next)).ShouldBe(KeyStatus.NotCurrent);
        (await rig.StatusAsync(KeyRig.Next)).ShouldBe(KeyStatus.NotCurrent);
        (await rig.StatusAsync(KeyRig.Current)).ShouldBe(KeyStatus.Found);
        rig.Endpoint.Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_unknown_key_waits_no_longer_than_the_budget_while_trusted_keys_are_held()
    {
        await using var rig = await KeyRig.StartWarmAsync();
        rig.Endpoint.Hang();
        var resolution = rig.ResolveAsync(KeyRig.Next);
        await rig.Endpoint.ReceivedAsync(2);

        rig.Clock.Advance(rig.Options.WaitBudget);

        (await resolution).Status.ShouldBe(KeyStatus.NotCurrent);
        rig.AtOnce(KeyRig.Current.Kid).ShouldNotBeNull().Status.ShouldBe(KeyStatus.Found);
    }

    [Fact]
    public async Task A_key_whose_fetch_is_still_in_flight_is_not_remembered_as_unknown()
    {
        await using var rig = await KeyRig.StartWarmAsync();
        rig.Endpoint.Publish(KeyRig.Current, KeyRig.Next);
        var gate = rig.Endpoint.Hold();
        var first = rig.ResolveAsync(KeyRig.Next);
        await rig.Endpoint.ReceivedAsync(2);
        rig.Clock.Advance(rig.Options.WaitBudget);
        (await first).Status.ShouldBe(KeyStatus.NotCurrent);

        var second = rig.ResolveAsync(KeyRig.Next);
        second.IsCompleted.ShouldBeFalse();
        gate.SetResult();

        (await second).Status.ShouldBe(KeyStatus.Found);
        rig.Endpoint.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_fetch_that_began_before_a_request_does_not_decide_on_it_once_the_cool_down_is_over()
    {
        await using var rig = await KeyRig.StartWarmAsync(keys => keys.Cooldown = TimeSpan.FromMilliseconds(200));
        var gate = rig.Endpoint.Hold();
        var forged = rig.ResolveAsync("forged");
        await rig.Endpoint.ReceivedAsync(2);
        rig.Clock.Advance(TimeSpan.FromMilliseconds(300));
        var rotated = rig.ResolveAsync(KeyRig.Next);
        rig.Endpoint.Publish(KeyRig.Current, KeyRig.Next);
        gate.SetResult();

        (await forged).Status.ShouldNotBe(KeyStatus.Found);
        (await rotated).Status.ShouldBe(KeyStatus.Found);
        rig.Endpoint.Count.ShouldBe(3);
    }

    [Fact]
    public async Task One_request_causes_one_fetch_also_where_a_fetch_takes_longer_than_the_cool_down()
    {
        await using var rig = await KeyRig.StartWarmAsync(keys => keys.Cooldown = TimeSpan.FromMilliseconds(100));
        var gate = rig.Endpoint.Hold();
        var forged = rig.ResolveAsync("forged");
        await rig.Endpoint.ReceivedAsync(2);
        rig.Clock.Advance(TimeSpan.FromSeconds(1));
        gate.SetResult();

        (await forged).Status.ShouldBe(KeyStatus.Unknown);
        rig.Endpoint.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_planned_refresh_in_flight_is_joined_and_followed_by_a_fetch_of_its_own_if_it_was_too_early()
    {
        await using var rig = await KeyRig.StartWarmAsync();
        var gate = rig.Endpoint.Hold();
        rig.Provider.Refresh();
        await rig.Endpoint.ReceivedAsync(2);
        var resolution = rig.ResolveAsync(KeyRig.Next);
        rig.Endpoint.Publish(KeyRig.Current, KeyRig.Next);

        gate.SetResult();

        (await resolution).Status.ShouldBe(KeyStatus.Found);
        rig.Endpoint.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_storm_of_forged_keys_causes_one_fetch_a_cool_down_and_slows_no_known_key()
    {
        await using var rig = await KeyRig.StartWarmAsync();
        for (var number = 0; number < 100_000; number++)
        {
            if (number % 1000 == 0)
            {
                rig.Clock.Advance(TimeSpan.FromSeconds(1));
            }

            var forged = await rig.ResolveAsync(string.Create(CultureInfo.InvariantCulture, $"forged-{number}"));
            forged.Status.ShouldBe(KeyStatus.Unknown);
            rig.AtOnce(KeyRig.Current.Kid).ShouldNotBeNull().Status.ShouldBe(KeyStatus.Found);
        }

        rig.Endpoint.Count.ShouldBe(1 + 10);
    }

    [Fact]
    public async Task A_storm_of_forged_keys_does_not_hold_the_planned_refresh_up()
    {
        await using var rig = await KeyRig.StartWarmAsync(keys => keys.Cooldown = TimeSpan.FromMinutes(5));
        rig.Endpoint.AnswerWith(500, "no");
        for (var minute = 0; minute < 53; minute++)
        {
            (await rig.ResolveAsync("forged-" + minute.ToString(CultureInfo.InvariantCulture))).Status.ShouldBe(KeyStatus.NotCurrent);
            rig.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        // The last forged keys have begun a cool-down, and the refresh comes all the same when it is due.
        rig.Endpoint.Publish(KeyRig.Next);
        (await rig.AdvanceToFetchAsync(TimeSpan.FromMinutes(14))).ShouldBeGreaterThan(TimeSpan.FromMinutes(1));
        rig.Find(KeyRig.Next).ShouldNotBeNull();
    }
}
