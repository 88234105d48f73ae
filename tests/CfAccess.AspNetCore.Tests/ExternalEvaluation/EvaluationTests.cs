using System.Net;
using System.Text.Json.Nodes;
using CfAccess.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CfAccess.AspNetCore.Tests.ExternalEvaluation;

public sealed class EvaluationTests : IDisposable
{
    private readonly KeyDirectory _directory = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_application_decides_and_the_answer_says_so_signed(bool allows)
    {
        await using var rig = await EvaluationRig.StartAsync(_directory, (_, _) => Task.FromResult(allows));
        var token = rig.Mint(payload => payload["nonce"] = "\"nonce\" with <all> kinds\tof é and \\");
        using var response = await rig.PostAsync(token);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.ToString().ShouldBe("application/json");
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var answer = EvaluationRig.Verified(await EvaluationRig.AnswerOfAsync(response), await rig.JwksAsync());
        JsonNode.DeepEquals(answer, new JsonObject
        {
            ["success"] = allows,
            ["iat"] = rig.Clock.GetUtcNow().ToUnixTimeSeconds(),
            ["exp"] = rig.Clock.GetUtcNow().ToUnixTimeSeconds() + 60,
            ["nonce"] = "\"nonce\" with <all> kinds\tof é and \\",
        }).ShouldBeTrue(answer.ToJsonString());
        rig.Measured.ShouldBe([allows ? "result=allowed" : "result=denied"]);
    }

    [Fact]
    public async Task The_application_is_given_the_identity_that_access_states()
    {
        AccessIdentity? seen = null;
        await using var rig = await EvaluationRig.StartAsync(_directory, (identity, _) => Task.FromResult((seen = identity) is not null));
        await rig.SuccessAsync(payload => payload["identity"] = new JsonObject
        {
            ["email"] = TestTeam.Email,
            ["groups"] = new JsonArray(new JsonObject { ["id"] = "1", ["name"] = "platform" }, "sales"),
            ["geo"] = new JsonObject { ["country"] = "NL" },
            ["idp"] = new JsonObject { ["id"] = "x", ["type"] = "okta" },
            ["level"] = 5,
        });

        seen!.Email.ShouldBe(TestTeam.Email);
        seen.Groups.Select(group => group.Name).ShouldBe(["platform", "sales"]);
        seen.Country.ShouldBe("NL");
        seen.IdentityProvider!.Type.ShouldBe("okta");
        seen.Json.GetProperty("level").GetInt32().ShouldBe(5);
    }

    [Fact]
    public async Task Groups_of_other_identity_providers_than_the_scheme_takes_are_none()
    {
        AccessIdentity? seen = null;
        await using var rig = await EvaluationRig.StartAsync(
            _directory,
            (identity, _) => Task.FromResult((seen = identity) is not null),
            scheme: options => options.Identity.IdentityProviders = ["okta"]);
        await rig.SuccessAsync(payload => payload["identity"]!["idp"] = new JsonObject { ["type"] = "github" });

        seen!.Groups.ShouldBeEmpty();
    }

    [Fact]
    public async Task Somebody_without_an_email_address_has_an_empty_one()
    {
        await using var rig = await EvaluationRig.StartAsync(_directory, (identity, _) => Task.FromResult(identity.Email == string.Empty));

        (await rig.SuccessAsync(payload => payload["identity"] = new JsonObject { ["common_name"] = TestTeam.ClientId })).ShouldBeTrue();
    }

    [Fact]
    public async Task The_application_can_ask_services_of_a_scope_that_lasts_until_it_is_done()
    {
        var disposed = new Signal();
        await using var rig = await EvaluationRig.StartAsync(
            _directory,
            build: builder => builder.Services.AddScoped(_ => new Scoped(disposed)),
            map: app => app.MapAccessExternalEvaluation(
                "/evaluate",
                (services, _, _) => Task.FromResult(services.GetRequiredService<Scoped>() == services.GetRequiredService<Scoped>() && disposed.Count == 0)));

        (await rig.SuccessAsync()).ShouldBeTrue();
        await disposed.ReachedAsync(1);
    }

    [Fact]
    public async Task An_exception_is_a_no_and_an_error_in_the_log()
    {
        await using var rig = await EvaluationRig.StartAsync(_directory, (_, _) => throw new InvalidDataException("No database."));

        (await rig.SuccessAsync()).ShouldBeFalse();
        rig.Host.Log.Named("EvaluationFailed").Single().ShouldSatisfyAllConditions(
            entry => entry.Level.ShouldBe(LogLevel.Error), entry => entry.Exception.ShouldBeOfType<InvalidDataException>());
        rig.Measured.ShouldBe(["result=denied reason=failed"]);
    }

    [Fact]
    public async Task No_task_at_all_is_a_no()
    {
        await using var rig = await EvaluationRig.StartAsync(_directory, (_, _) => null!);

        (await rig.SuccessAsync()).ShouldBeFalse();
    }

    [Theory]
    [InlineData(Slowness.Awaits)]
    [InlineData(Slowness.AwaitsItsToken)]
    [InlineData(Slowness.Blocks)]
    [InlineData(Slowness.SaysYesAtTheEnd)]
    public async Task No_decision_in_time_is_a_no(Slowness slowness)
    {
        using var gate = new ManualResetEventSlim();
        var asked = new Signal();
        await using var rig = await EvaluationRig.StartAsync(_directory, async (_, ended) =>
        {
            asked.Raise();
            switch (slowness)
            {
                case Slowness.Awaits:
                    await new TaskCompletionSource().Task;
                    break;
                case Slowness.AwaitsItsToken:
                    await new TaskCompletionSource().Task.WaitAsync(ended);
                    break;
                case Slowness.Blocks:
                    gate.Wait(CancellationToken.None);
                    break;
                case Slowness.SaysYesAtTheEnd:
                    var end = new TaskCompletionSource();
                    ended.Register(end.SetResult);
                    await end.Task;
                    break;
            }

            return true;
        });
        var answer = rig.SuccessAsync();
        await asked.ReachedAsync(1);

        rig.Clock.Advance(TimeSpan.FromSeconds(4.9));
        answer.IsCompleted.ShouldBeFalse();
        rig.Clock.Advance(TimeSpan.FromSeconds(0.2));

        (await answer.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, TestContext.Current.CancellationToken)).ShouldBeFalse();
        gate.Set();
        rig.Host.Log.Named("EvaluationTimedOut").Count().ShouldBe(1);
        rig.Measured.ShouldBe(["result=denied reason=timed_out"]);
    }

    [Fact]
    public async Task Neither_path_asks_for_a_caller_where_the_application_asks_everywhere()
    {
        await using var rig = await EvaluationRig.StartAsync(
            _directory,
            build: builder => builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new Microsoft.AspNetCore.Authorization.AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build()));

        (await rig.SuccessAsync()).ShouldBeTrue();
        (await rig.Host.StatusAsync(token: null, "/open")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_keys_can_have_another_path_and_both_take_conventions()
    {
        await using var rig = await EvaluationRig.StartAsync(_directory, map: app => app
            .MapAccessExternalEvaluation("/evaluate", (_, _) => Task.FromResult(true), "/published")
            .WithMetadata("ours"));

        (await rig.Host.StatusAsync(token: null, "/published")).ShouldBe(HttpStatusCode.OK);
        (await rig.Host.StatusAsync(token: null, "/evaluate/keys")).ShouldBe(HttpStatusCode.NotFound);
        var endpoints = rig.Host.Services.GetRequiredService<Microsoft.AspNetCore.Routing.EndpointDataSource>().Endpoints;
        endpoints.Count(endpoint => endpoint.Metadata.OfType<string>().Contains("ours")).ShouldBe(2);
    }

    [Fact]
    public async Task Mapping_without_the_services_says_what_to_write()
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();

        Should.Throw<InvalidOperationException>(() => app.MapAccessExternalEvaluation("/evaluate", (_, _) => Task.FromResult(true)))
            .Message.ShouldContain("builder.Services.AddCloudflareAccessExternalEvaluation()");
    }

    [Fact]
    public async Task Nothing_of_a_request_reaches_the_log()
    {
        await using var rig = await EvaluationRig.StartAsync(_directory);
        var good = rig.Mint(payload => payload["nonce"] = "very-own-nonce");
        await rig.AnswerAsync(good);
        await rig.StatusAsync(good);
        await rig.StatusAsync(rig.Mint(payload => payload["type"] = "very-own-type"));
        await rig.StatusAsync(rig.Mint(payload => payload["iss"] = "https://very-own-issuer.example"));
        var all = string.Join('\n', rig.Host.Log.Entries.Select(entry => entry.Message));

        all.ShouldContain("External Evaluation: refused a request: replayed.");
        foreach (var secret in new[] { TestTeam.Email, "very-own", good, good.Split('.')[2], rig.Minter.Key.Kid })
        {
            all.ShouldNotContain(secret);
        }
    }

    public void Dispose() => _directory.Dispose();

    public enum Slowness
    {
        Awaits,
        AwaitsItsToken,
        Blocks,
        SaysYesAtTheEnd,
    }

    private sealed class Scoped(Signal disposed) : IDisposable
    {
        public void Dispose() => disposed.Raise();
    }
}
