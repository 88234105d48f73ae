using System.Collections.Concurrent;
using System.Diagnostics;
using CfAccess.Testing;

namespace CfAccess.ApiShield.Tests;

/// <summary>What metrics and traces tell.</summary>
public sealed class DiagnosticsTests
{
    [Fact]
    public async Task Every_request_is_counted_by_its_outcome()
    {
        await using var host = await ShieldHost.StartAsync();
        using var requests = host.Services.CollectMeasurements<long>("cloudflare_access.api_shield.requests");

        await host.SendAsync(token: host.ValidToken);
        await host.SendAsync();
        await host.SendAsync("POST", "/login");
        await host.SendAsync("GET", "/elsewhere");
        await host.SendAsync(host: "127.0.0.1");

        requests.GetTags().ShouldBe(
        [
            $"outcome=satisfied rule={ShieldDocuments.RuleId}",
            $"outcome=blocked rule={ShieldDocuments.RuleId}",
            "outcome=uncovered",
            "outcome=unmatched",
            "outcome=blocked_unknown_host",
        ]);
    }

    [Fact]
    public async Task Reloads_are_counted_by_their_result()
    {
        var documents = new ShieldDocuments();
        await using var host = await ShieldHost.StartAsync(documents);
        using var reloads = host.Services.CollectMeasurements<long>("cloudflare_access.api_shield.reloads");

        host.Provider.Reload();
        documents.Rules[0]!["action"] = "none";
        host.Provider.Reload();

        reloads.GetTags().ShouldBe(["result=accepted", "result=refused"]);
    }

    [Fact]
    public async Task A_trace_names_outcome_operation_and_rule()
    {
        // Listeners hear of every test; this rule is of this one alone.
        var rule = Guid.NewGuid().ToString();
        await using var host = await ShieldHost.StartAsync(ShieldDocuments.With(documents => documents.Rules[0]!["id"] = rule));
        var seen = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ApiShieldDefaults.DiagnosticsName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
                seen.Enqueue($"{activity.OperationName}: {string.Join(' ', activity.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"))}"),
        };
        ActivitySource.AddActivityListener(listener);

        await host.SendAsync();

        seen.Where(one => one.Contains(rule)).ShouldHaveSingleItem().ShouldBe(
            "CloudflareAccess.ApiShield: cloudflare_access.api_shield.outcome=blocked "
            + $"cloudflare_access.api_shield.operation={ShieldDocuments.AccountId} cloudflare_access.api_shield.rule={rule}");
    }

    [Theory]
    [InlineData(ApiShieldOutcome.Unmatched, "unmatched")]
    [InlineData(ApiShieldOutcome.Uncovered, "uncovered")]
    [InlineData(ApiShieldOutcome.Satisfied, "satisfied")]
    [InlineData(ApiShieldOutcome.Logged, "logged")]
    [InlineData(ApiShieldOutcome.Blocked, "blocked")]
    [InlineData(ApiShieldOutcome.BlockedUnknownOperation, "blocked_unknown_operation")]
    [InlineData(ApiShieldOutcome.BlockedUnknownHost, "blocked_unknown_host")]
    [InlineData(ApiShieldOutcome.BlockedAmbiguousPath, "blocked_ambiguous_path")]
    public void Each_outcome_has_its_word(ApiShieldOutcome outcome, string word) => ApiShield.Rules.OutcomeWords.Word(outcome).ShouldBe(word);

    [Fact]
    public void There_is_a_word_for_all_of_them() =>
        Enum.GetValues<ApiShieldOutcome>().Select(ApiShield.Rules.OutcomeWords.Word).Distinct().Count().ShouldBe(Enum.GetValues<ApiShieldOutcome>().Length);
}
