using CfAccess.ApiShield;
using CfAccess.ApiShield.Diagnostics;
using CfAccess.ApiShield.Rules;
using CfAccess.Benchmarks.Compare;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.Benchmarks.Shield;

/// <summary>Requests without a token: finding the operation and evaluating its rule, by the number of operations.</summary>
internal static class ShieldMatching
{
    private const int Count = 20_000;
    private const int Turns = 41;
    private const int ManyConfigurations = 32;
    private const string Many = "1,000 operations and 32 configurations";

    private static readonly int[] Sizes = [10, 1_000, 10_000];

    public static IEnumerable<Measurement> Run()
    {
        const string name = "no token: matching and evaluation";
        using var services = new ServiceCollection().AddMetrics().AddSingleton<ApiShieldMetrics>().BuildServiceProvider();
        var metrics = services.GetRequiredService<ApiShieldMetrics>();
        var sets = Sizes.ToDictionary(Column, size => new Requests(size, configurations: 1, metrics));
        sets.Add(Many, new Requests(1_000, ManyConfigurations, metrics));
        var rounds = Rounds.Take(Turns, [.. sets.Select(set => (set.Key, (Func<double>)set.Value.Microseconds))]);

        yield return new($"{name}, 1,000 operations", "time", "µs", rounds.Median(Column(1_000)), ShieldTargets.Matching, rounds.All);
        yield return new($"{name}, 10,000 operations", "time of 10", string.Empty, rounds.Ratio(Column(10_000), Column(10)), ShieldTargets.Growth, rounds.All);
        yield return new($"{name}, {Many}", "time of 1 configuration", string.Empty, rounds.Ratio(Many, Column(1_000)), ShieldTargets.Configurations, rounds.All);
        foreach (var (column, requests) in sets)
        {
            yield return Measurement.Single($"{name}, {column}", "allocated", "B", requests.Bytes(), ShieldTargets.MatchingBytes);
        }

        yield return Measurement.Single("state of a request, 1 configuration", "allocated", "B", sets[Column(1_000)].StateBytes(), ShieldTargets.StateBytes);
        yield return Measurement.Single("state of a request, 32 configurations", "allocated", "B", sets[Many].StateBytes(), ShieldTargets.ManyStateBytes);
    }

    private static string Column(int size) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{size:N0} operations");

    /// <summary>Requests to operations all over the document. Each is judged once: what is known of its token would be found again.</summary>
    private sealed class Requests
    {
        private static readonly HostAliases NoAliases = new([]);

        private readonly ApiShieldRuleSet _set;
        private readonly ApiShieldMetrics _metrics;
        private readonly HttpContext[] _contexts;

        public Requests(int size, int configurations, ApiShieldMetrics metrics)
        {
            var options = new ApiShieldOptions();
            ShieldDocuments.GiveTo(options, size, configurations);
            _set = ApiShieldRuleSet.Load(options);
            _metrics = metrics;
            _contexts = [.. Enumerable.Range(0, 100).Select(step => Context(ShieldDocuments.Request((int)((long)step * 7919 % size))))];
            if (Fresh(_contexts.Length).Any(facts => Decide(facts) != ApiShieldOutcome.Blocked))
            {
                throw new InvalidOperationException("A request without a token was not blocked.");
            }
        }

        public double Microseconds()
        {
            var facts = Fresh(Count);
            return Clock.Microseconds(Count, number => Decide(facts[number]));
        }

        public double Bytes()
        {
            var facts = Fresh(Count);
            return Clock.Bytes(Count, number => Decide(facts[number]));
        }

        /// <summary>What the middleware keeps of a request, besides the request.</summary>
        public double StateBytes()
        {
            var facts = new RequestFacts[Count];
            return Clock.Bytes(Count, number => facts[number] = new RequestFacts(_contexts[number % _contexts.Length], _set, NoAliases, _metrics));
        }

        private static ApiShieldOutcome Decide(RequestFacts facts)
        {
            facts.Decide(ApiShieldUnknown.Block, ApiShieldUnknown.Allow);
            return facts.Judgement.Outcome;
        }

        private RequestFacts[] Fresh(int count) =>
            [.. Enumerable.Range(0, count).Select(number => new RequestFacts(_contexts[number % _contexts.Length], _set, NoAliases, _metrics))];

        private static DefaultHttpContext Context((string Method, string Host, string Path) request)
        {
            var context = new DefaultHttpContext();
            (context.Request.Method, context.Request.Host, context.Request.Path) = (request.Method, new(request.Host), request.Path);
            return context;
        }
    }
}
