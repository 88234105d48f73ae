using CfAccess.Testing.Attacks;

namespace CfAccess.AspNetCore.Tests.Attacks;

/// <summary>The attacks on an application that holds no keys and cannot get any.</summary>
[Trait("Duration", "Long")]
public sealed class ColdAttackTests
{
    /// <summary>What cannot be told without a key.</summary>
    private static readonly string[] ReasonsOfKeys = ["unknown_key", "bad_signature"];

    [Fact]
    public async Task Without_keys_an_attack_is_refused_for_the_same_reason_and_causes_no_fetch()
    {
        await using var host = await ColdHostAsync();
        foreach (var attack in OfOneRequest().Where(attack => attack.Reason is not null && !ReasonsOfKeys.Contains(attack.Reason)))
        {
            host.App.Log.Clear();

            var answer = await host.SendAsync(attack.Bad(host.Bench, attack.Good(host.Bench)).Single(), attack.Path);

            answer.Status.ShouldBe(401, attack.ToString());
            host.App.LastReason.ShouldBe(attack.Reason, attack.ToString());
        }

        host.App.Endpoint.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Without_keys_an_attack_that_needs_one_is_answered_as_an_outage()
    {
        await using var host = await ColdHostAsync();
        foreach (var attack in OfOneRequest().Where(attack => ReasonsOfKeys.Contains(attack.Reason)))
        {
            var answer = await host.SendAsync(attack.Bad(host.Bench, attack.Good(host.Bench)).Single(), attack.Path);

            answer.Status.ShouldBe(503, attack.ToString());
            answer.Header("Retry-After").ShouldNotBeNull(attack.ToString());
            answer.Body.ShouldBeEmpty();
        }

        host.App.Endpoint.Count.ShouldBe(1);
    }

    private static IEnumerable<Attack> OfOneRequest() => AttackCorpus.All.Where(attack =>
        attack is { Setting: AttackSetting.Usual, IsReplay: false, IsSweep: false });

    private static async Task<AttackHost> ColdHostAsync()
    {
        var host = await AttackHost.StartAsync(AttackSetting.Usual, tellsReasons: false, listens: false);
        host.App.Endpoint.Fail();
        return host;
    }
}
