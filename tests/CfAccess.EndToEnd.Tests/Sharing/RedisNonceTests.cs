using System.Net;
using CfAccess.Testing;

namespace CfAccess.EndToEnd.Tests.Sharing;

/// <summary>Instances share used nonces through Redis. In an outage of Redis no request of External Evaluation gets a decision, and none waits for long.</summary>
public sealed class RedisNonceTests : RedisTest, IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    private readonly DirectoryInfo _keys = Directory.CreateTempSubdirectory("cfaccess-");
    private readonly Signal _evaluated = new();

    public void Dispose() => _keys.Delete(recursive: true);

    [Fact]
    public async Task A_nonce_that_one_instance_used_is_rejected_by_the_other()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync();
        var token = first.MintEvaluation();
        (await first.EvaluateAsync(token)).ShouldBe(HttpStatusCode.OK);

        (await second.EvaluateAsync(token)).ShouldBe(HttpStatusCode.BadRequest);
        (await second.EvaluateAsync(second.MintEvaluation())).ShouldBe(HttpStatusCode.OK);
        _evaluated.Count.ShouldBe(2);
    }

    [Theory]
    [MemberData(nameof(Outages))]
    public async Task In_an_outage_of_Redis_nobody_gets_a_decision_and_the_same_request_gets_one_after_it(Outage outage, bool isRunning)
    {
        if (!isRunning)
        {
            await FailAsync(outage);
        }

        await using var first = await StartAsync().WithDeadlineAsync();
        await using var second = await StartAsync().WithDeadlineAsync();
        if (isRunning)
        {
            (await first.EvaluateAsync(first.MintEvaluation())).ShouldBe(HttpStatusCode.OK);
            (await second.EvaluateAsync(second.MintEvaluation())).ShouldBe(HttpStatusCode.OK);
            await FailAsync(outage);
        }

        var evaluated = _evaluated.Count;
        var token = first.MintEvaluation();
        (await WithinAsync(Limit, first.Clock, () => first.EvaluateAsync(token))).ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await WithinAsync(Limit, first.Clock, () => first.EvaluateAsync(first.MintEvaluation()))).ShouldBe(HttpStatusCode.ServiceUnavailable);
        first.Log.Named("EvaluationNoncesFailed").ShouldHaveSingleItem();
        _evaluated.Count.ShouldBe(evaluated);

        await RecoverAsync(first, second);
        await TestDeadline.UntilAsync(async () => await first.EvaluateAsync(token) == HttpStatusCode.OK);
        (await first.EvaluateAsync(token)).ShouldBe(HttpStatusCode.BadRequest);
        (await second.EvaluateAsync(token)).ShouldBe(HttpStatusCode.BadRequest);
        _evaluated.Count.ShouldBe(evaluated + 1);
    }

    private Task<AccessHost> StartAsync() => EvaluatedHost.StartAsync(
        options => (options.KeyDirectory, options.SharedNonces) = (_keys.FullName, true), Share, _evaluated.Raise);
}
