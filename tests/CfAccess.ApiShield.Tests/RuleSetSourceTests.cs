using System.Net;
using Microsoft.Extensions.Options;

namespace CfAccess.ApiShield.Tests;

/// <summary>Rules that an application keeps elsewhere than in documents.</summary>
public sealed class RuleSetSourceTests
{
    private static readonly ApiShieldRuleSet Rules = new ShieldDocuments().Load();
    private static readonly ApiShieldRuleSet NoRules = ShieldDocuments.With(documents => documents.Rules.Clear()).Load();

    [Fact]
    public async Task Every_application_enforces_a_new_rule_set_when_the_update_returns()
    {
        var source = new ApiShieldRuleSetSource(Rules);
        await using var one = await StartAsync(source);
        await using var other = await StartAsync(source);
        (await one.SendAsync()).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await other.SendAsync()).Status.ShouldBe(HttpStatusCode.Forbidden);

        source.Update(NoRules);

        source.Current.ShouldBe(NoRules);
        (await one.SendAsync()).Status.ShouldBe(HttpStatusCode.OK);
        (await other.SendAsync()).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_options_and_the_clock_of_the_application_decide_not_those_of_the_load()
    {
        var set = new ShieldDocuments().Load(options => options.MaxTokenLength = 1024 * 1024);
        await using var host = await StartAsync(new(set), options => options.MaxTokenLength = 1024);
        var token = host.ValidToken;

        (await host.SendAsync(token: token)).Status.ShouldBe(HttpStatusCode.OK);
        (await host.SendAsync(token: token + new string('a', 1024))).Status.ShouldBe(HttpStatusCode.Forbidden);
        host.Clock.Advance(TimeSpan.FromMinutes(2));
        (await host.SendAsync(token: token)).Status.ShouldBe(HttpStatusCode.Forbidden, "the token has expired");
    }

    [Fact]
    public async Task An_application_that_has_stopped_receives_no_update()
    {
        var source = new ApiShieldRuleSetSource(Rules);
        var host = await StartAsync(source);
        var provider = host.Provider;
        var before = provider.Current;
        await host.DisposeAsync();

        source.Update(NoRules);

        provider.Current.ShouldBe(before);
    }

    [Fact]
    public async Task One_application_that_fails_does_not_keep_the_rules_from_another()
    {
        var source = new ApiShieldRuleSetSource(Rules);
        await using var broken = await StartAsync(source);
        await using var other = await StartAsync(source);
        broken.Provider.Loading += _ => throw new InvalidOperationException("Broken.");

        Should.Throw<AggregateException>(() => source.Update(NoRules)).InnerExceptions.ShouldHaveSingleItem().Message.ShouldBe("Broken.");

        (await broken.SendAsync()).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await other.SendAsync()).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_source_together_with_documents_stops_the_start()
    {
        var thrown = await Should.ThrowAsync<OptionsValidationException>(
            () => ShieldHost.StartAsync(configure: options => options.RuleSetSource = new(Rules)));

        foreach (var key in (string[])["Configurations", "Rules", "Operations"])
        {
            thrown.Message.ShouldContain($"ApiShield:{key} is set, but RuleSetSource in code supplies the rules. Remove one of the two.");
        }
    }

    private static Task<ShieldHost> StartAsync(ApiShieldRuleSetSource source, Action<ApiShieldOptions>? configure = null) => ShieldHost.StartAsync(
        configure: options =>
        {
            (options.Configurations, options.Rules, options.Operations, options.RuleSetSource) = (null, null, null, source);
            configure?.Invoke(options);
        });
}
