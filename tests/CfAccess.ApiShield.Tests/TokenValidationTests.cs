using System.Net;
using System.Text.Json.Nodes;
using CfAccess.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CfAccess.ApiShield.Tests;

/// <summary>What the application learns of a request by <c>HttpContext.GetTokenValidation()</c>.</summary>
public sealed class TokenValidationTests
{
    [Fact]
    public async Task It_names_operation_rule_verdicts_and_claims()
    {
        await using var host = await ShieldHost.StartAsync(ShieldDocuments.With(documents => documents.Configurations.Add(
            ShieldDocuments.Configuration(ShieldDocuments.OtherConfigurationId, TestKey.Get("other").ToJwk()))));
        var validation = (await host.ContextAsync(host.ValidToken)).GetTokenValidation().ShouldNotBeNull();

        validation.Outcome.ShouldBe(ApiShieldOutcome.Satisfied);
        validation.Operation.ShouldNotBeNull().Endpoint.ShouldBe("/accounts/{var1}");
        validation.Rule.ShouldNotBeNull().Id.ShouldBe(ShieldDocuments.RuleId);
        validation.Verdicts.Keys.ShouldBe([ShieldDocuments.ConfigurationId, ShieldDocuments.OtherConfigurationId]);
        var verdict = validation.GetVerdict(ShieldDocuments.ConfigurationId.ToUpperInvariant()).ShouldNotBeNull();
        verdict.IsValid.ShouldBeTrue();
        verdict.Claims.GetProperty("sub").GetString().ShouldBe("alice");
        validation.GetVerdict(ShieldDocuments.OtherConfigurationId)!.FailureReason.ShouldBe(JwtFailureReason.NoMatchingKey);
        validation.GetVerdict("unknown").ShouldBeNull();
    }

    [Fact]
    public async Task It_says_why_a_request_was_blocked()
    {
        await using var host = await ShieldHost.StartAsync();
        var token = host.ValidToken;
        host.Clock.Advance(TimeSpan.FromMinutes(2));
        var validation = (await host.ContextAsync(token)).GetTokenValidation().ShouldNotBeNull();

        validation.Outcome.ShouldBe(ApiShieldOutcome.Blocked);
        validation.GetVerdict(ShieldDocuments.ConfigurationId)!.FailureReason.ShouldBe(JwtFailureReason.Expired);
    }

    [Theory]
    [InlineData("GET", "/accounts/1", ApiShieldOutcome.Satisfied)]
    [InlineData("POST", "/login", ApiShieldOutcome.Uncovered)]
    [InlineData("GET", "/elsewhere", ApiShieldOutcome.Unmatched)]
    public async Task It_names_every_outcome(string method, string path, ApiShieldOutcome outcome)
    {
        await using var host = await ShieldHost.StartAsync();
        var context = await host.ContextAsync(host.ValidToken, context => (context.Request.Method, context.Request.Path) = (method, path));
        var validation = context.GetTokenValidation().ShouldNotBeNull();

        validation.Outcome.ShouldBe(outcome);
        (validation.Operation is null).ShouldBe(outcome == ApiShieldOutcome.Unmatched);
        (validation.Rule is null).ShouldBe(outcome != ApiShieldOutcome.Satisfied);
    }

    [Fact]
    public async Task Claims_are_there_where_no_rule_asked_for_the_token()
    {
        await using var host = await ShieldHost.StartAsync();
        var context = await host.ContextAsync(host.ValidToken, context => (context.Request.Method, context.Request.Path) = ("POST", "/login"));

        context.GetTokenValidation()!.GetVerdict(ShieldDocuments.ConfigurationId)!.Claims.GetProperty("sub").GetString().ShouldBe("alice");
    }

    [Fact]
    public void A_request_that_did_not_pass_the_middleware_has_none() => new DefaultHttpContext().GetTokenValidation().ShouldBeNull();

    [Fact]
    public async Task However_often_it_is_asked_for_a_token_is_verified_once()
    {
        const string twice = $"not is_jwt_valid(\"{ShieldDocuments.OtherConfigurationId}\") and {ShieldDocuments.NeedsToken} and {ShieldDocuments.NeedsToken}";
        await using var host = await ShieldHost.StartAsync(
            ShieldDocuments.With(documents =>
            {
                documents.Configurations.Add(ShieldDocuments.Configuration(ShieldDocuments.OtherConfigurationId, TestKey.Get("other").ToJwk()));
                documents.Rules[0]!["expression"] = twice;
            }),
            map: app => app.MapGet("/accounts/{id}/twice", () => "never"));
        using var validations = host.Services.CollectMeasurements<long>("cloudflare_access.api_shield.token.validations");

        var validation = (await host.ContextAsync(host.ValidToken)).GetTokenValidation()!;
        validation.Verdicts.Count.ShouldBe(2);
        validation.GetVerdict(ShieldDocuments.ConfigurationId)!.IsValid.ShouldBeTrue();
        validations.GetTags().ShouldBe(
        [
            $"configuration={ShieldDocuments.OtherConfigurationId} result=refused reason=no_matching_key",
            $"configuration={ShieldDocuments.ConfigurationId} result=accepted",
        ]);
    }

    [Fact]
    public async Task A_token_that_nobody_asks_for_is_not_verified()
    {
        await using var host = await ShieldHost.StartAsync(ShieldDocuments.With(documents =>
            documents.Rules[0]!["expression"] = $"http.request.method eq \"POST\" and {ShieldDocuments.NeedsToken}"));
        await host.ContextAsync(host.ValidToken);

        host.Log.Named("RuleNotSatisfied").ShouldHaveSingleItem().Message.ShouldEndWith("Tokens: none was verified.");
    }

    [Theory]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Basic YWxpY2U6c2VjcmV0")]
    [InlineData("Bearer ..")]
    [InlineData("Bearer ....")]
    [InlineData("Bearer e30.e30.e30")]
    [InlineData("Bearer eyJhbGciOiJub25lIn0.e30.")]
    [InlineData("Bearer eyJraWQiOiJceGQ4MDAifQ.e30.AA")]
    [InlineData("Bearer \u00e9\u00e9\u00e9.\ud83d\ude00.x")]
    public async Task Every_token_gets_a_verdict(string header)
    {
        await using var host = await ShieldHost.StartAsync();
        var context = await host.ContextAsync(change: context => context.Request.Headers.Authorization = header);

        context.Response.StatusCode.ShouldBe((int)HttpStatusCode.Forbidden);
        context.GetTokenValidation()!.GetVerdict(ShieldDocuments.ConfigurationId)!.FailureReason.ShouldNotBeNull();
        host.Log.Entries.ShouldNotContain(entry => entry.Exception != null);
    }

    [Fact]
    public async Task Different_tokens_at_two_sources_are_refused_where_that_is_wanted()
    {
        await using var lax = await ShieldHost.StartAsync();
        await using var strict = await ShieldHost.StartAsync(configure: options => options.RejectDifferentTokens = true);

        (await StatusAsync(lax)).ShouldBe(200);
        (await StatusAsync(strict)).ShouldBe(403);

        static async Task<int> StatusAsync(ShieldHost host) => (await host.ContextAsync(host.ValidToken, context =>
            context.Request.Headers.Cookie = "session=" + host.Minter.Sign(new JsonObject { ["sub"] = "bob" }))).Response.StatusCode;
    }

    [Fact]
    public async Task A_token_that_is_too_long_is_none()
    {
        await using var host = await ShieldHost.StartAsync(configure: options => options.MaxTokenLength = 1024);
        var context = await host.ContextAsync(host.Minter.Sign(new JsonObject { ["x"] = new string('x', 1024) }));

        context.GetTokenValidation()!.GetVerdict(ShieldDocuments.ConfigurationId)!.FailureReason.ShouldBe(JwtFailureReason.TooLong);
    }
}
