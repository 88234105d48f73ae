using System.Net;
using System.Text.Json.Nodes;
using CfAccess.Testing;
using CfAccess.Testing.Attacks;

namespace CfAccess.AspNetCore.Tests.ExternalEvaluation;

/// <summary>What is for the one is refused by the other, and other accounts' tokens by both.</summary>
public sealed class OtherTokenTests : IDisposable
{
    private readonly KeyDirectory _directory = new();

    [Fact]
    public async Task Application_tokens_are_no_requests_and_requests_are_no_application_tokens()
    {
        await using var rig = await EvaluationRig.StartAsync(_directory);
        var person = rig.Minter.MintPerson();
        (await rig.Host.StatusAsync(person)).ShouldBe(HttpStatusCode.OK);
        (await rig.StatusAsync(person)).ShouldBe(HttpStatusCode.BadRequest);
        rig.LastReason.ShouldBe("wrong_type");

        var request = rig.Mint(payload =>
        {
            payload["iss"] = TestTeam.Issuer;
            payload["aud"] = new JsonArray(TestTeam.Audience);
            payload["email"] = TestTeam.Email;
        });
        (await rig.StatusAsync(request)).ShouldBe(HttpStatusCode.OK);
        (await rig.Host.StatusAsync(request)).ShouldBe(HttpStatusCode.Unauthorized);
        rig.Host.LastReason.ShouldBe("wrong_type");
    }

    [Fact]
    public async Task Answers_are_neither()
    {
        await using var rig = await EvaluationRig.StartAsync(_directory);
        using var response = await rig.PostAsync(rig.Mint());
        var answer = await EvaluationRig.AnswerOfAsync(response);

        (await rig.Host.StatusAsync(answer)).ShouldBe(HttpStatusCode.Unauthorized);
        (await rig.StatusAsync(answer)).ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task The_key_of_answers_signs_nothing_that_is_taken_here()
    {
        await using var rig = await EvaluationRig.StartAsync(_directory);
        using var response = await rig.PostAsync(rig.Mint());
        var kid = EvaluationRig.KidOf(await EvaluationRig.AnswerOfAsync(response));
        var ours = new TokenMinter(rig.Clock, TestKey.Get("stranger"));

        (await rig.Host.StatusAsync(ours.Sign(ours.Person(), header => header["kid"] = kid))).ShouldBe(HttpStatusCode.Unauthorized);
        rig.Host.LastReason.ShouldBe("unknown_key");
        (await rig.StatusAsync(ours.Sign(rig.Payload(), header => header["kid"] = kid))).ShouldBe(HttpStatusCode.BadRequest);
        rig.LastReason.ShouldBe("unknown_key");
    }

    [Fact]
    public async Task Another_accounts_request_is_refused()
    {
        await using var rig = await EvaluationRig.StartAsync(_directory);
        var other = new TokenMinter(rig.Clock, TestKey.Get("partner"));

        (await rig.StatusAsync(other.Sign(rig.Payload()))).ShouldBe(HttpStatusCode.BadRequest);
        rig.LastReason.ShouldBe("unknown_key");
    }

    [Fact]
    public async Task Of_several_teams_only_the_named_one_asks()
    {
        await using var rig = await EvaluationRig.StartAsync(
            _directory,
            configure: options => options.Team = "partner",
            scheme: options =>
            {
                (options.TeamDomain, options.Audiences) = (null, []);
                options.Teams =
                [
                    new() { TeamDomain = "acme", Audiences = [TestTeam.Audience] },
                    new() { TeamDomain = "partner", Audiences = [TestTeam.PartnerAudience] },
                ];
            });
        var partner = new TokenMinter(rig.Clock, TestKey.Get("partner"));
        rig.Host.Endpoint.PublishAt(TestTeam.PartnerCertsUrl, partner.Key);

        (await rig.StatusAsync(partner.Sign(rig.Payload()))).ShouldBe(HttpStatusCode.OK);
        (await rig.StatusAsync(rig.Mint())).ShouldBe(HttpStatusCode.BadRequest);
        rig.LastReason.ShouldBe("unknown_key");
    }

    [Fact]
    public async Task A_rotation_of_the_accounts_key_costs_no_login()
    {
        await using var rig = await EvaluationRig.StartAsync(_directory);
        (await rig.SuccessAsync()).ShouldBeTrue();
        rig.Host.Endpoint.Publish(TestKey.Get("current"), TestKey.Get("next"));
        rig.Clock.Advance(TimeSpan.FromSeconds(11));

        (await rig.StatusAsync(new TokenMinter(rig.Clock, TestKey.Get("next")).Sign(rig.Payload()))).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Without_the_accounts_keys_the_answer_is_to_come_again()
    {
        await using var rig = await EvaluationRig.StartAsync(_directory);
        rig.Host.Endpoint.Fail();
        using var response = await rig.PostAsync(rig.Mint());

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(10));
        (await response.Content.ReadAsStringAsync()).ShouldBe("""{"error":"unavailable"}""");
        rig.LastReason.ShouldBe("keys_unavailable");
        rig.Measured.ShouldBe(["result=unavailable reason=keys_unavailable"]);
    }

    [Fact]
    public async Task A_request_that_would_not_pass_anyway_causes_no_fetch_of_keys()
    {
        await using var rig = await EvaluationRig.StartAsync(_directory);
        await rig.StatusAsync(rig.Mint(payload => payload["type"] = "meta"));
        await rig.StatusAsync(rig.Mint(payload => payload["exp"] = 1));
        await rig.StatusAsync("garbage");

        rig.Host.Endpoint.Count.ShouldBe(0);
    }

    /// <summary>Every token of the list of attacks, in place of a request.</summary>
    [Fact]
    public async Task No_attack_on_the_scheme_is_a_request()
    {
        await using var rig = await EvaluationRig.StartAsync(_directory);
        var bench = new AttackBench(rig.Clock);
        var count = 0;
        foreach (var attack in AttackCorpus.All.Where(attack => attack is { IsSweep: false, Setting: AttackSetting.Usual }))
        {
            var good = attack.Good(bench);
            foreach (var bad in attack.Bad(bench, good))
            {
                foreach (var (_, token) in bad.Headers)
                {
                    (await rig.StatusAsync(token)).ShouldBeOneOf([HttpStatusCode.BadRequest, HttpStatusCode.RequestEntityTooLarge], attack.Name);
                    count++;
                }
            }
        }

        count.ShouldBeGreaterThan(100);
    }

    public void Dispose() => _directory.Dispose();
}
