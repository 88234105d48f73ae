using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CfAccess.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CfAccess.ApiShield.Tests.Rules;

/// <summary>What becomes of a request under a rule.</summary>
public sealed class RuleTests
{
    [Fact]
    public async Task A_request_that_satisfies_its_rule_goes_on()
    {
        await using var host = await ShieldHost.StartAsync();

        (await host.SendAsync(token: host.ValidToken)).ShouldBe((HttpStatusCode.OK, "account"));
    }

    [Fact]
    public async Task A_request_that_does_not_is_blocked_before_the_application_sees_it()
    {
        await using var host = await ShieldHost.StartAsync();

        (await host.SendAsync()).ShouldBe((HttpStatusCode.Forbidden, null));
        (await host.SendAsync(token: "a.b.c")).ShouldBe((HttpStatusCode.Forbidden, null));
    }

    [Fact]
    public async Task A_refusal_is_problem_details_that_nobody_keeps()
    {
        await using var host = await ShieldHost.StartAsync();
        using var response = await GetAsync(host);

        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var problem = (await response.Content.ReadFromJsonAsync<JsonObject>())!;
        problem.Select(member => member.Key).ShouldBe(["type", "title", "status", "detail"]);
        problem["status"]!.GetValue<int>().ShouldBe(403);
        problem["detail"]!.GetValue<string>().ShouldBe("This request does not meet the rules of the API.");
    }

    [Fact]
    public async Task Details_are_told_only_where_they_are_wanted()
    {
        await using var host = await ShieldHost.StartAsync(configure: options => options.IncludeErrorDetails = true);
        using var response = await GetAsync(host);

        (await response.Content.ReadFromJsonAsync<JsonObject>())!["detail"]!.GetValue<string>()
            .ShouldBe($"This request does not satisfy rule {ShieldDocuments.RuleId}. Tokens: {ShieldDocuments.ConfigurationId}: no_token.");
    }

    [Fact]
    public async Task The_problem_details_of_the_application_are_used()
    {
        await using var host = await ShieldHost.StartAsync(build: builder => builder.Services.AddProblemDetails(options =>
            options.CustomizeProblemDetails = problem => problem.ProblemDetails.Extensions["support"] = "call 555"));
        using var response = await GetAsync(host);

        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await response.Content.ReadAsStringAsync()).ShouldContain("call 555");
    }

    [Fact]
    public async Task A_rule_that_logs_lets_the_request_go_on_and_tells_of_it()
    {
        await using var host = await ShieldHost.StartAsync(ShieldDocuments.With(documents => documents.Rules[0]!["action"] = "log"));

        (await host.SendAsync(token: "secret.token.here")).ShouldBe((HttpStatusCode.OK, "account"));
        var told = host.Log.Named("RuleNotSatisfied").ShouldHaveSingleItem();
        told.Level.ShouldBe(LogLevel.Information);
        told.Message.ShouldBe(
            $"API Shield: a request does not satisfy rule {ShieldDocuments.RuleId} of operation {ShieldDocuments.AccountId}: logged. "
            + $"Tokens: {ShieldDocuments.ConfigurationId}: malformed.");
    }

    [Fact]
    public async Task Nothing_is_told_of_a_request_that_satisfies_its_rule()
    {
        await using var host = await ShieldHost.StartAsync();
        await host.SendAsync(token: host.ValidToken);

        host.Log.Named("RuleNotSatisfied").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_disabled_rule_is_not_in_force()
    {
        await using var host = await ShieldHost.StartAsync(ShieldDocuments.With(documents => documents.Rules[0]!["enabled"] = false));

        (await host.SendAsync()).ShouldBe((HttpStatusCode.OK, "account"));
    }

    [Fact]
    public async Task An_excluded_operation_is_under_no_rule()
    {
        await using var host = await ShieldHost.StartAsync();

        (await host.SendAsync("POST", "/login")).ShouldBe((HttpStatusCode.OK, "login"));
    }

    [Fact]
    public async Task An_operation_is_under_the_first_enabled_rule_that_covers_it()
    {
        var documents = ShieldDocuments.With(documents =>
        {
            documents.Rules.Insert(0, ShieldDocuments.Rule(host: "other.example.com"));
            documents.Rules.Insert(1, Disabled(ShieldDocuments.Rule()));
            documents.Rules.Insert(2, ShieldDocuments.Rule(excluded: [ShieldDocuments.AccountId, ShieldDocuments.LoginId]));
            documents.Rules.Insert(3, ShieldDocuments.Rule(expression: "http.request.method eq \"GET\""));
        });
        await using var host = await ShieldHost.StartAsync(documents);

        // The fourth is the one, and satisfied; the strict fifth is never asked.
        (await host.SendAsync()).ShouldBe((HttpStatusCode.OK, "account"));
        host.Provider.Current.GetRule(ShieldDocuments.AccountId)!.Expression.ShouldBe("http.request.method eq \"GET\"");
        host.Provider.Current.GetRule(ShieldDocuments.LoginId).ShouldBeNull();
    }

    [Theory]
    [InlineData("is_jwt_valid(\"{0}\") or not is_jwt_present(\"{0}\")", HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.OK)]
    [InlineData("is_jwt_present(\"{0}\")", HttpStatusCode.Forbidden, HttpStatusCode.OK, HttpStatusCode.OK)]
    [InlineData("is_jwt_valid(\"{0}\")", HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.OK)]
    [InlineData("not is_jwt_valid(\"{0}\")", HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Forbidden)]
    public async Task Rules_tell_no_token_from_a_bad_one(string expression, HttpStatusCode none, HttpStatusCode bad, HttpStatusCode good)
    {
        await using var host = await ShieldHost.StartAsync(ShieldDocuments.With(documents =>
            documents.Rules[0]!["expression"] = expression.Replace("{0}", ShieldDocuments.ConfigurationId, StringComparison.Ordinal)));

        (await host.SendAsync()).Status.ShouldBe(none);
        (await host.SendAsync(token: "a.b.c")).Status.ShouldBe(bad);
        (await host.SendAsync(token: host.ValidToken)).Status.ShouldBe(good);
    }

    [Theory]
    [InlineData("http.request.method eq \"GET\"", true)]
    [InlineData("http.host eq \"api.example.com\"", true)]
    [InlineData("http.request.uri.path eq \"/accounts/1\"", true)]
    [InlineData("http.request.uri.path eq \"/accounts/1?a=b\"", false)]
    [InlineData("http.request.headers[\"x-key\"][1] eq \"two\"", true)]
    [InlineData("http.request.headers[\"x-key\"][2] eq \"two\"", false)]
    [InlineData("http.request.cookies[\"a\"][1] eq \"3\"", true)]
    public async Task Expressions_see_the_request(string expression, bool isSatisfied)
    {
        await using var host = await ShieldHost.StartAsync(ShieldDocuments.With(documents => documents.Rules[0]!["expression"] = expression));
        var context = await host.ContextAsync(change: context =>
        {
            context.Request.Host = new("API.example.com:443");
            context.Request.QueryString = new("?a=b");
            context.Request.Headers["X-Key"] = new(["one", "two"]);
            context.Request.Headers.Cookie = "a=1; b=2; a=3";
        });

        context.Response.StatusCode.ShouldBe(isSatisfied ? 200 : 403);
    }

    [Fact]
    public async Task Expressions_see_the_claims_of_a_valid_token_alone()
    {
        await using var host = await ShieldHost.StartAsync(ShieldDocuments.With(documents => documents.Rules[0]!["expression"] =
            $"lookup_json_string(http.request.jwt.claims[\"{ShieldDocuments.ConfigurationId}\"][0], \"sub\") eq \"alice\""));
        var alice = new JsonObject { ["sub"] = "alice" };

        (await host.SendAsync(token: host.ValidToken)).Status.ShouldBe(HttpStatusCode.OK);
        (await host.SendAsync(token: new TokenMinter(host.Clock, TestKey.Get("stranger")).Sign(alice))).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static JsonObject Disabled(JsonObject rule)
    {
        rule["enabled"] = false;
        return rule;
    }

    private static async Task<HttpResponseMessage> GetAsync(ShieldHost host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/accounts/1");
        request.Headers.Host = ShieldDocuments.Host;
        return await host.Client.SendAsync(request);
    }
}
