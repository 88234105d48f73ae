using System.Diagnostics;
using CfAccess.Testing.Properties;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.ApiShield.Tests.Operations;

/// <summary>
/// The matching against two others: whatever ASP.NET Core's own routing answers with an operation's endpoint, that operation is found; and the
/// edge's one operation is that of a plain search through all of them.
/// </summary>
public sealed class RoutingTests(ITestOutputHelper output)
{
    private const int Sets = 40;
    private const int Requests = 150;
    private const string Host = "a.test";

    private static readonly string[] Parts = ["a", "b", "{v}", "{v}", "%61", "c%2Fd"];
    private static readonly string[] Sent = ["a", "A", "b", "c", "c%2Fd", "C%2fD", "", "a;b", "a\\b", "x"];
    private static readonly string[] Methods = ["GET", "POST", "HEAD"];

    [Fact]
    public async Task Whatever_routing_answers_is_found()
    {
        var random = NewRandom();
        var answered = 0;
        for (var set = 0; set < Sets; set++)
        {
            // Operations that routing takes for one make it throw; those are told apart elsewhere.
            string[] operations = [.. Templates(random, trailing: false).DistinctBy(one => one.Replace("%61", "a", StringComparison.Ordinal))];
            var saved = new Saved(ApiShieldMatching.Origin, operations);
            await using var services = new ServiceCollection().AddLogging().AddRouting()
                .AddSingleton(new DiagnosticListener(nameof(RoutingTests))).BuildServiceProvider();
            var route = Route(services, operations);
            for (var request = 0; request < Requests; request++)
            {
                var (method, path) = (Methods[random.Next(Methods.Length)], PathOf(random));
                var context = new DefaultHttpContext { RequestServices = services };
                (context.Request.Method, context.Request.Host, context.Request.Path) = (method.ToLowerInvariant(), new(Host), path);
                await route(context);
                if (context.Items["operation"] is string operation)
                {
                    answered++;
                    saved.Find(method, Host, path).ShouldContain(operation, $"{method} {path} among {string.Join(", ", operations)}");
                }
            }
        }

        answered.ShouldBeGreaterThan(Sets * Requests / 20);
    }

    [Fact]
    public void The_edge_finds_what_a_search_through_all_finds()
    {
        var random = NewRandom();
        var found = 0;
        for (var set = 0; set < Sets; set++)
        {
            string[] operations = [.. Templates(random, trailing: true).DistinctBy(one => one.Replace("%61", "a", StringComparison.Ordinal))];
            var saved = new Saved(ApiShieldMatching.Edge, operations);
            for (var request = 0; request < Requests; request++)
            {
                var (method, path) = (Methods[random.Next(Methods.Length)], PathOf(random));
                var expected = operations
                    .Where(operation => operation.StartsWith(method + ' ', StringComparison.Ordinal) && Fits(Segments(operation), path.Split('/')))
                    .OrderByDescending(operation => Segments(operation).Count(segment => segment is not ("" or "{v}")))
                    .ThenByDescending(operation => string.Concat(Segments(operation).Select(segment => segment == "{v}" ? '0' : '1')), StringComparer.Ordinal)
                    .Take(1)
                    .ToList();
                found += expected.Count;
                saved.Find(method, Host, path).ShouldBe(expected, $"{method} {path} among {string.Join(", ", operations)}");
            }
        }

        found.ShouldBeGreaterThan(Sets * Requests / 20);
    }

    private static string[] Segments(string operation) =>
        operation.Split(' ')[2].Replace("%61", "a", StringComparison.Ordinal).Split('/');

    private static bool Fits(string[] template, string[] path) => template.Length == path.Length
        && template.Zip(path).All(pair => pair.First == "{v}" ? pair.Second.Length > 0 : pair.First == pair.Second);

    private static IEnumerable<string> Templates(Random random, bool trailing)
    {
        for (var number = random.Next(1, 25); number > 0; number--)
        {
            var segments = Enumerable.Range(0, random.Next(1, 5)).Select(_ => Parts[random.Next(Parts.Length)]);
            yield return $"{Methods[random.Next(Methods.Length)]} {Host} /{string.Join('/', segments)}{(trailing && random.Next(3) == 0 ? "/" : string.Empty)}";
        }
    }

    /// <summary>As Kestrel hands it on: decoded, but for %2F.</summary>
    private static string PathOf(Random random) =>
        "/" + string.Join('/', Enumerable.Range(0, random.Next(1, 5)).Select(_ => Sent[random.Next(Sent.Length)]));

    private static RequestDelegate Route(IServiceProvider services, string[] operations)
    {
        var app = new ApplicationBuilder(services);
        app.UseRouting();
        app.UseEndpoints(endpoints =>
        {
            foreach (var operation in operations)
            {
                var number = 0;
                var parts = operation.Split(' ');
                var pattern = string.Join('/', Segments(operation).Select(segment => segment == "{v}" ? $"{{v{++number}}}" : segment));
                endpoints.MapMethods(pattern, [parts[0]], context =>
                {
                    context.Items["operation"] = operation;
                    return Task.CompletedTask;
                });
            }
        });
        return app.Build();
    }

    private Random NewRandom()
    {
        var seed = TestSeed.Next();
        output.WriteLine(seed.ToString());
        return new Random(seed.Value.GetHashCode());
    }
}
