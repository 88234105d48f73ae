using CfAccess.AspNetCore.ExternalEvaluation.Keys;
using CfAccess.Testing;

namespace CfAccess.AspNetCore.Tests.ExternalEvaluation;

/// <summary>The defaults: a key signs for 30 days, and is published a day longer at both ends.</summary>
public sealed class KeyRotationTests : IDisposable
{
    private readonly KeyDirectory _directory = new();

    [Fact]
    public async Task A_key_is_published_a_day_before_it_signs_and_a_day_after()
    {
        await using var rig = await EvaluationRig.StartAsync(_directory);
        var first = await SigningKidAsync(rig);

        rig.Clock.Advance(TimeSpan.FromDays(29) - TimeSpan.FromSeconds(1));
        (await rig.KidsAsync()).ShouldBe([first]);
        rig.Clock.Advance(TimeSpan.FromMinutes(5));
        var second = (await rig.KidsAsync()).Except([first]).ShouldHaveSingleItem();
        (await SigningKidAsync(rig)).ShouldBe(first);

        rig.Clock.Advance(TimeSpan.FromDays(1) - TimeSpan.FromMinutes(6));
        (await SigningKidAsync(rig)).ShouldBe(first);
        rig.Clock.Advance(TimeSpan.FromMinutes(7));
        (await SigningKidAsync(rig)).ShouldBe(second);
        (await rig.KidsAsync()).ShouldBe([first, second]);

        rig.Clock.Advance(TimeSpan.FromDays(1));
        (await rig.KidsAsync()).ShouldBe([second]);
    }

    [Fact]
    public async Task Whoever_keeps_the_published_keys_for_as_long_as_they_say_misses_none_in_months()
    {
        await using var first = await EvaluationRig.StartAsync(_directory);
        await using var second = await EvaluationRig.StartAsync(_directory, clock: first.Clock);
        var signers = new HashSet<string>();
        for (var step = 0; step < 150; step++)
        {
            var (asked, signs) = step % 2 == 0 ? (first, second) : (second, first);
            first.Clock.Advance(TimeSpan.FromHours(17));
            var kept = await asked.JwksAsync();
            first.Clock.Advance(TimeSpan.FromSeconds(299));
            var token = await EvaluationRig.AnswerOfAsync(await signs.PostAsync(signs.Mint(payload => payload["nonce"] = $"step {step}")));
            EvaluationRig.Verified(token, kept);
            signers.Add(EvaluationRig.KidOf(token));
        }

        signers.Count.ShouldBe(4);
    }

    [Fact]
    public async Task The_instance_that_did_not_make_a_key_signs_with_it_as_well()
    {
        await using var maker = await EvaluationRig.StartAsync(_directory);
        await using var other = await EvaluationRig.StartAsync(_directory, clock: maker.Clock);
        maker.Clock.Advance(TimeSpan.FromDays(29.5));
        var made = await maker.KidsAsync();
        maker.Clock.Advance(TimeSpan.FromDays(1));

        (await SigningKidAsync(other)).ShouldBe(made[1]);
        (await other.KidsAsync()).ShouldBe(made);
    }

    [Theory]
    [InlineData(29.5)]
    [InlineData(30.0)]
    [InlineData(30.5)]
    public async Task An_application_that_was_not_asked_for_long_still_publishes_before_it_signs(double days)
    {
        await using var rig = await EvaluationRig.StartAsync(_directory);
        var first = await SigningKidAsync(rig);
        rig.Clock.Advance(TimeSpan.FromDays(days));

        (await SigningKidAsync(rig)).ShouldBe(first);
        (await rig.KidsAsync()).Length.ShouldBe(2);
    }

    [Fact]
    public async Task After_all_keys_have_ended_a_new_one_signs_at_once()
    {
        await using var rig = await EvaluationRig.StartAsync(_directory);
        var first = await SigningKidAsync(rig);
        rig.Clock.Advance(TimeSpan.FromDays(100));

        (await SigningKidAsync(rig)).ShouldNotBe(first);
        (await rig.KidsAsync()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_clock_that_was_set_back_makes_no_key()
    {
        await using var rig = await EvaluationRig.StartAsync(_directory);
        var first = await SigningKidAsync(rig);
        rig.Clock.AdjustTime(rig.Clock.GetUtcNow().AddDays(-2));

        (await SigningKidAsync(rig)).ShouldBe(first);
        (await rig.KidsAsync()).ShouldBe([first]);
    }

    [Theory]
    [InlineData(1.0 / 6, 150)]
    [InlineData(10, 300)]
    public async Task The_published_keys_may_be_kept_for_much_less_than_an_overlap(double hours, int seconds)
    {
        await using var rig = await EvaluationRig.StartAsync(_directory, configure: options => options.KeyOverlap = TimeSpan.FromHours(hours));
        using var response = await rig.Host.GetAsync(token: null, "/evaluate/keys");

        response.Headers.CacheControl!.MaxAge.ShouldBe(TimeSpan.FromSeconds(seconds));
    }

    /// <summary>Whenever it is asked, and whatever was stored, some key signs whose answers can be verified until they end.</summary>
    [Fact]
    public void There_is_always_a_key_that_can_sign()
    {
        var options = new CloudflareAccessExternalEvaluationOptions { KeyLifetime = TimeSpan.FromHours(1), KeyOverlap = TimeSpan.FromMinutes(10) };
        var plan = new EvaluationKeyPlan(options);
        var random = new Random(20261122);
        var now = TestClock.DefaultStart;
        IReadOnlyList<EvaluationKey> keys = [];
        for (var step = 0; step < 40; step++)
        {
            keys = plan.Next(keys, now);
            new EvaluationKeySet(keys).SigningKey(now, options.AnswerLifetime).ShouldNotBeNull($"step {step}");
            plan.IsDue(keys, now).ShouldBeFalse();
            now += TimeSpan.FromSeconds(random.Next(1, 1500));
        }
    }

    public void Dispose() => _directory.Dispose();

    private static async Task<string> SigningKidAsync(EvaluationRig rig)
    {
        var token = await EvaluationRig.AnswerOfAsync(await rig.PostAsync(rig.Mint()));
        EvaluationRig.Verified(token, await rig.JwksAsync());
        return EvaluationRig.KidOf(token);
    }
}
