using System.Globalization;
using CfAccess.AspNetCore.Keys;

namespace CfAccess.AspNetCore.Tests.Keys;

/// <summary>How long an unknown key that was refused is remembered.</summary>
public sealed class RefusedKeyTests
{
    [Fact]
    public async Task A_refused_key_is_remembered_only_until_a_fetch_brings_it()
    {
        await using var rig = await KeyRig.StartWarmAsync();
        (await rig.StatusAsync(KeyRig.Next)).ShouldBe(KeyStatus.Unknown);
        rig.Endpoint.Publish(KeyRig.Current, KeyRig.Next);

        rig.Provider.Refresh();
        await rig.FetchedAsync(3);

        (await rig.StatusAsync(KeyRig.Next)).ShouldBe(KeyStatus.Found);
    }

    [Fact]
    public async Task A_refused_key_is_not_remembered_beyond_a_fetch_that_succeeded_without_it()
    {
        await using var rig = await KeyRig.StartWarmAsync();
        (await rig.StatusAsync(KeyRig.Next)).ShouldBe(KeyStatus.Unknown);
        rig.Clock.Advance(TimeSpan.FromSeconds(1));
        rig.Provider.Refresh();
        await rig.FetchedAsync(3);
        rig.Endpoint.Publish(KeyRig.Current, KeyRig.Next);
        var gate = rig.Endpoint.Hold();
        rig.Provider.Refresh();

        var resolution = rig.ResolveAsync(KeyRig.Next);
        gate.SetResult();

        (await resolution).Status.ShouldBe(KeyStatus.Found);
        rig.Endpoint.Count.ShouldBe(4);
    }

    [Fact]
    public async Task A_refused_key_is_not_remembered_beyond_its_cool_down()
    {
        await using var rig = await KeyRig.StartWarmAsync();
        (await rig.StatusAsync(KeyRig.Next)).ShouldBe(KeyStatus.Unknown);
        rig.Endpoint.Publish(KeyRig.Current, KeyRig.Next);
        rig.Clock.Advance(rig.Options.Cooldown);
        var gate = rig.Endpoint.Hold();
        var forged = rig.ResolveAsync("forged");

        var resolution = rig.ResolveAsync(KeyRig.Next);
        gate.SetResult();

        (await resolution).Status.ShouldBe(KeyStatus.Found);
        (await forged).Status.ShouldBe(KeyStatus.Unknown);
        rig.Endpoint.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_refused_key_does_not_wait_for_the_planned_refresh_that_happens_to_run()
    {
        await using var rig = await KeyRig.StartWarmAsync();
        (await rig.ResolveAsync("forged")).Status.ShouldBe(KeyStatus.Unknown);
        var gate = rig.Endpoint.Hold();
        rig.Provider.Refresh();
        await rig.Endpoint.ReceivedAsync(3);

        rig.AtOnce("forged").ShouldNotBeNull();
        rig.AtOnce("another").ShouldBeNull();
        rig.SuppressedCount.ShouldBe(0);
        gate.SetResult();
    }

    [Fact]
    public void The_memory_of_refused_keys_is_bounded_in_number_and_length()
    {
        var unknown = new UnknownKids();
        for (var number = 0; number < 100_000; number++)
        {
            unknown.Add(string.Create(CultureInfo.InvariantCulture, $"forged-{number}"));
        }

        unknown.Count.ShouldBe(1024);
        unknown.Clear();
        unknown.Add(new string('k', 128));
        unknown.Count.ShouldBe(1);
        unknown.Clear();
        unknown.Add(new string('k', 129));
        unknown.Count.ShouldBe(0);
    }
}
