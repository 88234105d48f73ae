using CfAccess.AspNetCore.Keys;
using CfAccess.Testing;

namespace CfAccess.AspNetCore.Tests.Keys;

public sealed class ColdStartTests
{
    [Fact]
    public async Task A_thousand_requests_at_once_cause_one_fetch()
    {
        await using var rig = await KeyRig.StartAsync();
        var gate = rig.Endpoint.Hold();

        var resolutions = Enumerable.Range(0, 1000).Select(_ => rig.ResolveAsync(KeyRig.Current)).ToList();
        await rig.Endpoint.ReceivedAsync(1);
        resolutions.ShouldAllBe(resolution => !resolution.IsCompleted);
        gate.SetResult();

        (await Task.WhenAll(resolutions)).ShouldAllBe(resolution => resolution.Status == KeyStatus.Found);
        rig.Endpoint.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_dead_endpoint_is_asked_at_most_once_a_cool_down_and_nobody_gets_another_answer_than_unavailable()
    {
        await using var rig = await KeyRig.StartAsync();
        var asked = FailAndRecordTimes(rig);

        for (var second = 0; second < 60; second++)
        {
            var resolutions = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => rig.ResolveAsync(KeyRig.Current)));
            resolutions.ShouldAllBe(resolution => resolution.Status == KeyStatus.Unavailable);
            rig.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        await rig.FetchedAsync(asked.Count);
        asked.Count.ShouldBeInRange(6, 7);
        asked.Zip(asked.Skip(1)).ShouldAllBe(pair => pair.Second - pair.First >= rig.Options.Cooldown);
    }

    [Fact]
    public async Task Within_the_cool_down_the_answer_comes_at_once_and_tells_when_to_come_back()
    {
        await using var rig = await KeyRig.StartAsync();
        rig.Endpoint.Fail();
        (await rig.ResolveAsync(KeyRig.Current)).Status.ShouldBe(KeyStatus.Unavailable);

        rig.Clock.Advance(TimeSpan.FromSeconds(4));

        rig.AtOnce(KeyRig.Current.Kid).ShouldBe(KeyResolution.Unavailable(TimeSpan.FromSeconds(6)));
        rig.Endpoint.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Without_keys_a_fetch_is_repeated_every_cool_down_also_when_nobody_asks()
    {
        await using var rig = await KeyRig.StartAsync();
        var asked = FailAndRecordTimes(rig);
        rig.Provider.Refresh();
        await rig.FetchedAsync(1);

        for (var fetch = 2; fetch <= 20; fetch++)
        {
            await rig.AdvanceToFetchAsync(rig.Options.Cooldown);
        }

        asked.Zip(asked.Skip(1)).ShouldAllBe(pair => pair.Second - pair.First == rig.Options.Cooldown);
    }

    [Fact]
    public async Task An_endpoint_that_comes_back_serves_within_one_cool_down()
    {
        await using var rig = await KeyRig.StartAsync();
        rig.Endpoint.AnswerWith(503, "later");
        await rig.StatusAsync(KeyRig.Current);
        rig.Endpoint.Publish(KeyRig.Current);

        await rig.AdvanceToFetchAsync(rig.Options.Cooldown);

        (await rig.StatusAsync(KeyRig.Current)).ShouldBe(KeyStatus.Found);
        rig.Endpoint.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_request_waits_no_longer_than_its_budget()
    {
        await using var rig = await KeyRig.StartAsync();
        rig.Endpoint.Hang();
        var resolution = rig.ResolveAsync(KeyRig.Current);
        await rig.Endpoint.ReceivedAsync(1);

        rig.Clock.Advance(rig.Options.WaitBudget - TimeSpan.FromTicks(1));
        resolution.IsCompleted.ShouldBeFalse();
        rig.Clock.Advance(TimeSpan.FromTicks(1));

        (await resolution).ShouldBe(KeyResolution.Unavailable(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task A_request_that_joined_an_earlier_fetch_waits_no_longer_than_its_budget()
    {
        await using var rig = await KeyRig.StartAsync();
        rig.Endpoint.Hang();
        rig.Provider.Refresh();
        await rig.Endpoint.ReceivedAsync(1);
        var resolution = rig.ResolveAsync(KeyRig.Current);

        // Not on this thread, which a request that never stops asking would hold for good.
        await Task.Run(() => rig.Clock.Advance(rig.Options.WaitBudget)).WithDeadlineAsync();

        (await resolution).Status.ShouldBe(KeyStatus.Unavailable);
    }

    [Fact]
    public async Task The_first_caller_goes_away_and_the_second_is_served_by_the_same_fetch()
    {
        await using var rig = await KeyRig.StartAsync();
        var gate = rig.Endpoint.Hold();
        using var leaving = new CancellationTokenSource();
        var first = rig.ResolveAsync(KeyRig.Current, leaving.Token);
        var second = rig.ResolveAsync(KeyRig.Current);
        await rig.Endpoint.ReceivedAsync(1);

        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(first);
        gate.SetResult();

        (await second).Status.ShouldBe(KeyStatus.Found);
        rig.Endpoint.Count.ShouldBe(1);
    }

    [Fact]
    public async Task No_more_than_ten_thousand_requests_wait_and_the_next_is_answered_at_once_until_they_are_gone()
    {
        await using var rig = await KeyRig.StartAsync();
        var gate = rig.Endpoint.Hold();
        var waiting = Enumerable.Range(0, SigningKeyProvider.MaximumWaiting).Select(_ => rig.ResolveAsync(KeyRig.Current)).ToList();

        var tooMany = rig.ResolveAsync(KeyRig.Current);
        tooMany.IsCompleted.ShouldBeTrue();
        (await tooMany).Status.ShouldBe(KeyStatus.Unavailable);

        gate.SetResult();
        (await Task.WhenAll(waiting)).ShouldAllBe(resolution => resolution.Status == KeyStatus.Found);

        rig.Endpoint.Publish(KeyRig.Current, KeyRig.Next);
        rig.Clock.Advance(rig.Options.Cooldown);
        (await rig.StatusAsync(KeyRig.Next)).ShouldBe(KeyStatus.Found);
    }

    [Fact]
    public async Task A_key_that_a_successful_start_did_not_bring_is_looked_for_at_once()
    {
        await using var rig = await KeyRig.StartWarmAsync();
        rig.Endpoint.Publish(KeyRig.Current, KeyRig.Next);

        (await rig.StatusAsync(KeyRig.Next)).ShouldBe(KeyStatus.Found);
        rig.Endpoint.Count.ShouldBe(2);
    }

    private static List<DateTimeOffset> FailAndRecordTimes(KeyRig rig)
    {
        var times = new List<DateTimeOffset>();
        rig.Endpoint.AnswerWith(500, "no");
        var answer = rig.Endpoint.Answer;
        rig.Endpoint.Answer = (request, cancellationToken) =>
        {
            lock (times)
            {
                times.Add(rig.Clock.GetUtcNow());
            }

            return answer(request, cancellationToken);
        };
        return times;
    }
}
