using CfAccess.Testing.Properties;
using Microsoft.AspNetCore.Builder;

namespace CfAccess.ApiShield.Tests.Endpoints;

/// <summary>
/// Random routes, each with the operation that is written as the route is, and random requests. Routing itself says which of them reach the
/// endpoint: none may without a token.
/// </summary>
[Trait("Duration", "Long")]
public sealed class RoutePropertyTests(ITestOutputHelper output)
{
    private const int Routes = 40;
    private const int Requests = 40;
    private const string Own = "own";

    private static readonly string[] First = ["a", "b"];
    private static readonly string[] Middle = ["a", "{p}", "{p}", "{p:alpha}", "{p}-{q}"];
    private static readonly string[] Last = ["{z}", "{z?}", "{z=1}", "{z:int=1}", "{**z}", "{*z=x}", "{y=1}/{z=2}", "{y=1}/{z?}", "{y}/{z?}"];
    private static readonly string[] Sent = ["a", "A", "b", "v1", "x", "1", "x-y", "a%2Fb", ""];
    private static readonly string[] Methods = ["GET", "get", "POST", "HEAD", "FOO", "OPTIONS"];

    [Fact]
    public async Task No_request_reaches_the_endpoint_of_an_operation_without_its_token()
    {
        var seed = TestSeed.Next();
        output.WriteLine(seed.ToString());
        var random = new Random(seed.Value.GetHashCode());
        var reached = 0;

        // A random run can have few requests that reach their route. It then tries more routes.
        for (var number = 0; number < Routes || (reached <= Routes && number < 10 * Routes); number++)
        {
            var (route, operation) = Route(random);
            var pathBase = number % 2 == 0 ? string.Empty : "/v1";
            await using var host = await ShieldHost.StartAsync(
                ShieldDocuments.WithOperations([$"GET {pathBase}{operation}"]),
                before: app => app.UsePathBase(pathBase),
                map: app => app.Map(route, ShieldHost.Answer(Own)));
            for (var request = 0; request < Requests; request++)
            {
                var (method, path) = (Methods[random.Next(Methods.Length)], pathBase + Path(random));
                if (await SendAsync(host, method, path, host.ValidToken) == (200, Own))
                {
                    reached++;
                    (await SendAsync(host, method, path)).ShouldBe((403, null), $"{method} {path} to {route} of {operation}");
                }
            }
        }

        reached.ShouldBeGreaterThan(Routes);
    }

    /// <returns>A route, and the template of one of the paths that it is for.</returns>
    private static (string Route, string Operation) Route(Random random)
    {
        List<string> segments = [First[random.Next(First.Length)], .. Enumerable.Range(0, random.Next(3)).Select(_ => Middle[random.Next(Middle.Length)])];
        segments.AddRange(Last[random.Next(Last.Length)].Split('/'));
        var number = 0;
        var named = segments.Select(segment => segment
            .Replace("{p", $"{{p{++number}", StringComparison.Ordinal).Replace("{q", $"{{q{number}", StringComparison.Ordinal)).ToList();
        return ("/" + string.Join('/', named), "/" + string.Join('/', segments.Select(segment => segment.Contains('{') ? "{v}" : segment)));
    }

    private static async Task<(int Status, string? Endpoint)> SendAsync(ShieldHost host, string method, string path, string? token = null) =>
        ShieldHost.ResultOf(await host.ContextAsync(token, context => (context.Request.Method, context.Request.Path) = (method, path)));

    private static string Path(Random random) =>
        "/" + string.Join('/', Enumerable.Range(0, random.Next(1, 5)).Select(_ => Sent[random.Next(Sent.Length)]));
}
