using CfAccess.ApiShield;
using CfAccess.ApiShield.Diagnostics;
using CfAccess.ApiShield.Rules;
using CfAccess.Benchmarks.Compare;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.Benchmarks.Shield;

/// <summary>Requests that match no operation: what it costs to look for the operations of their endpoint.</summary>
internal static class ShieldEndpoints
{
    private const string Name = "no operation matches, 1,000 operations";
    private const string Without = "no endpoint";
    private const string With = "an endpoint without operations";
    private const int Count = 20_000;
    private const int Turns = 41;

    private static readonly HostAliases NoAliases = new([]);

    public static IEnumerable<Measurement> Run()
    {
        using var services = new ServiceCollection().AddMetrics().AddSingleton<ApiShieldMetrics>().BuildServiceProvider();
        var metrics = services.GetRequiredService<ApiShieldMetrics>();
        var options = new ApiShieldOptions();
        ShieldDocuments.GiveTo(options, 1_000);
        var set = ApiShieldRuleSet.Load(options);
        Endpoint[] endpoints = [.. Enumerable.Range(0, 100).Select(Route)];
        set.Endpoints.AddAll(endpoints, policies: null);
        var (without, with) = (Contexts(_ => null), Contexts(number => endpoints[number]));

        RequestFacts[] Fresh(HttpContext[] contexts) =>
            [.. Enumerable.Range(0, Count).Select(number => new RequestFacts(contexts[number % contexts.Length], set, NoAliases, metrics))];

        double Microseconds(HttpContext[] contexts)
        {
            var facts = Fresh(contexts);
            return Clock.Microseconds(Count, number => Decide(facts[number]));
        }

        var rounds = Rounds.Take(Turns, (Without, () => Microseconds(without)), (With, () => Microseconds(with)));
        yield return new($"{Name}, {With}", $"time with {Without}", string.Empty, rounds.Ratio(With, Without), ShieldTargets.Endpoint, rounds.All);
        var allocating = Fresh(with);
        yield return Measurement.Single(
            $"{Name}, {With}", "allocated", "B", Clock.Bytes(Count, number => Decide(allocating[number])), ShieldTargets.MatchingBytes);
    }

    private static void Decide(RequestFacts facts)
    {
        facts.Decide(ApiShieldUnknown.Block, ApiShieldUnknown.Allow);
        if (facts.Judgement.Outcome != ApiShieldOutcome.Unmatched)
        {
            throw new InvalidOperationException("A request to no operation matched one.");
        }
    }

    private static Endpoint Route(int number) =>
        new RouteEndpoint(_ => Task.CompletedTask, RoutePatternFactory.Parse($"/open{number}/{{id?}}"), 0, EndpointMetadataCollection.Empty, null);

    private static HttpContext[] Contexts(Func<int, Endpoint?> endpoint) => [.. Enumerable.Range(0, 100).Select(number =>
    {
        var context = new DefaultHttpContext();
        (context.Request.Method, context.Request.Host, context.Request.Path) = ("GET", new("api0.example.com"), $"/open{number}/8f14e45f");
        context.SetEndpoint(endpoint(number));
        return context;
    })];
}
