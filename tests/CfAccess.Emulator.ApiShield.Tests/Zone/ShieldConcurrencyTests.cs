using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;

namespace CfAccess.Emulator.ApiShield.Tests.Zone;

/// <summary>Many clients change rules while requests are judged.</summary>
public sealed class ShieldConcurrencyTests : IDisposable
{
    private const int Clients = 32;
    private const int Rounds = 3;
    private const string Rules = "token_validation/rules";
    private const string OtherHost = "other.example.com";

    private readonly string _folder = Directory.CreateTempSubdirectory("shield-").FullName;
    private readonly ConcurrentDictionary<string, string> _kept = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Every_request_is_judged_by_one_whole_set_and_nothing_is_lost()
    {
        var file = Path.Combine(_folder, "shield.json");
        await using var app = await ShieldApp.StartAsync(shield => shield.File = file);
        var (configuration, first) = await app.ProtectAsync();
        var second = await app.Zone.AddRuleAsync(ShieldPapers.Rule(configuration, "second", enabled: false));
        using var done = new CancellationTokenSource();

        // Of the two rules one is always on, so that in each whole set a request without a token is blocked.
        var flipping = Task.Run(() => FlipAsync(app, first, second, done.Token), TestContext.Current.CancellationToken);
        var judging = Task.Run(() => JudgeAsync(app, done.Token), TestContext.Current.CancellationToken);
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => ChangeAsync(app.Zone, configuration, client)));
        await done.CancelAsync();

        (await flipping).ShouldBeGreaterThan(0);
        (await judging).ShouldBeGreaterThan(0);
        var ids = await RuleIdsAsync(app.Zone);
        ids.Distinct().Count().ShouldBe(ids.Count, "no rule stands twice");
        ids.ShouldBe([first, second, .. _kept.Keys], ignoreOrder: true);
        JsonNode.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken))!["rules"]!.AsArray().Select(rule => rule!["id"]!.GetValue<string>())
            .ShouldBe(ids, "the file has them in the same order");
    }

    private async Task ChangeAsync(ShieldZone zone, string configuration, int client)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var one = await zone.AddRuleAsync(ShieldPapers.Rule(configuration, $"{client}-{round}", host: OtherHost));
            var other = await zone.AddRuleAsync(ShieldPapers.Rule(configuration, $"{client}-{round}'", host: OtherHost));
            var position = (client % 3) switch
            {
                0 => new JsonObject { ["index"] = 1 },
                1 => new JsonObject { ["before"] = one },
                _ => new JsonObject { ["after"] = one },
            };
            (await zone.PatchAsync($"{Rules}/{other}", new JsonObject { ["position"] = position })).Good();
            (await zone.DeleteAsync($"{Rules}/{one}")).Good();
            _kept[other] = other;
        }
    }

    private static async Task<int> FlipAsync(ShieldApp app, string first, string second, CancellationToken done)
    {
        var count = 0;
        for (; !done.IsCancellationRequested; count++)
        {
            (await app.Zone.PatchAsync(Rules + "/bulk", new JsonArray(
                new JsonObject { ["id"] = first, ["enabled"] = count % 2 == 1 },
                new JsonObject { ["id"] = second, ["enabled"] = count % 2 == 0 }))).Good();
        }

        return count;
    }

    private static async Task<int> JudgeAsync(ShieldApp app, CancellationToken done)
    {
        var count = 0;
        for (; !done.IsCancellationRequested; count++)
        {
            (await app.CallAsync()).ShouldBe(HttpStatusCode.Forbidden);
            var asked = new JsonObject { ["method"] = "GET", ["url"] = "https://api.example.com/accounts/1" };
            (await app.Zone.PostAsync("token_validation/evaluate", asked)).Good().Result["verdict"]!.GetValue<string>().ShouldBe("block");
        }

        return count;
    }

    private static async Task<List<string>> RuleIdsAsync(ShieldZone zone)
    {
        List<string> ids = [];
        for (var page = 1; ; page++)
        {
            var reply = (await zone.GetAsync($"{Rules}?per_page=50&page={page}")).Good();
            ids.AddRange(reply.Result.AsArray().Select(rule => rule!["id"]!.GetValue<string>()));
            if (page >= reply.Json["result_info"]!["total_pages"]!.GetValue<int>())
            {
                return ids;
            }
        }
    }
}
