using System.Net;
using CfAccess.Testing;
using Microsoft.Extensions.Logging;

namespace CfAccess.AspNetCore.Tests.Identity;

/// <summary>Each source of groups, with each answer of get-identity, required or not: the answer, the calls, and the lines in the log.</summary>
[Trait("Duration", "Long")]
public sealed class GroupTableTests
{
    private const string Names = $"""["{IdentityRig.Finance}"]""";

    public static TheoryData<GroupSource, string, bool> Cells
    {
        get
        {
            var cells = new TheoryData<GroupSource, string, bool>();
            foreach (var source in Enum.GetValues<GroupSource>())
            {
                // A source that never calls get-identity has one row with a response that would be wrong, and that nobody waits for.
                foreach (var answer in CallsIdentity(source) ? GroupTable.Answers.Keys : ["never"])
                {
                    cells.Add(source, answer, true);
                    cells.Add(source, answer, false);
                }
            }

            return cells;
        }
    }

    private static bool CallsIdentity(GroupSource source) => source
        is not (GroupSource.CustomNames or GroupSource.CustomObjects or GroupSource.ServiceOnDemand or GroupSource.ServiceAtAuthentication);

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task Every_cell_is_answered_as_the_table_says(GroupSource source, string answer, bool isRequired)
    {
        await using var host = await IdentityRig.StartAsync(options => Configure(options, source, isRequired));
        GroupTable.Answer(host.Identities, answer, source == GroupSource.NamesForGroup ? Names : IdentityRig.FinanceGroup);
        var token = Mint(host, source);
        var path = source == GroupSource.ObjectsForRole ? "/role" : "/group";
        var (status, calls, warnings) = Expected(source, answer, isRequired);

        using var first = await SendAsync(host, token, path, isEndless: calls > 0 && GroupTable.IsEndless(answer));
        using var second = await host.GetAsync(token, path);

        first.StatusCode.ShouldBe(status);
        second.StatusCode.ShouldBe(status);
        host.Identities.Count.ShouldBe(calls);
        host.Identities.Requests.ShouldAllBe(request => request.Url == new Uri(TestTeam.Issuer + "/cdn-cgi/access/get-identity"));
        host.Identities.Requests.ShouldAllBe(request => request.Token == token);
        first.Headers.RetryAfter?.Delta.ShouldBe(TimeSpan.FromSeconds(10));
        (first.Headers.RetryAfter is not null).ShouldBe(status == HttpStatusCode.ServiceUnavailable);
        (first.Headers.CacheControl?.NoStore == true).ShouldBe(status != HttpStatusCode.OK);
        host.Warned().Count.ShouldBe(warnings);
        host.Warned().ShouldAllBe(entry => entry.Level == LogLevel.Warning && entry.Exception == null);
        host.Log.Entries.ShouldNotContain(entry => entry.Message.Contains(token, StringComparison.Ordinal));
        host.Log.Entries.ShouldNotContain(entry => entry.Message.Contains("@example.com", StringComparison.OrdinalIgnoreCase));
    }

    private static (HttpStatusCode Status, int Calls, int Warnings) Expected(GroupSource source, string answer, bool isRequired) => source switch
    {
        GroupSource.CustomNames or GroupSource.CustomObjects => (HttpStatusCode.OK, 0, 0),
        GroupSource.ServiceOnDemand or GroupSource.ServiceAtAuthentication => (HttpStatusCode.Forbidden, 0, 0),
        _ => GroupTable.Answers[answer] switch
        {
            GroupTable.Fate.In => (HttpStatusCode.OK, 1, 0),
            GroupTable.Fate.Out => (HttpStatusCode.Forbidden, 1, 0),
            GroupTable.Fate.OutWithWarning => (HttpStatusCode.Forbidden, 1, 1),
            _ => (isRequired ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.Forbidden, 1, 1),
        },
    };

    private static void Configure(CloudflareAccessOptions options, GroupSource source, bool isRequired)
    {
        options.Identity.Required = isRequired;
        options.Identity.Load = source is GroupSource.ObjectsAtAuthentication or GroupSource.ServiceAtAuthentication
            ? CloudflareAccessIdentityLoad.AtAuthentication
            : CloudflareAccessIdentityLoad.OnDemand;
        if (source is GroupSource.CustomNames or GroupSource.CustomObjects)
        {
            (options.GroupsFromIdentity, options.GroupsClaim) = (false, "groups");
        }
    }

    private static string Mint(AccessHost host, GroupSource source) => source switch
    {
        GroupSource.CustomNames => host.Minter.MintPerson(payload => payload["custom"] = IdentityRig.Groups(Names)),
        GroupSource.CustomObjects => host.Minter.MintPerson(payload => payload["custom"] = IdentityRig.Groups(IdentityRig.FinanceGroup)),
        GroupSource.ServiceOnDemand or GroupSource.ServiceAtAuthentication => host.Minter.MintService(),
        _ => host.Minter.MintPerson(),
    };

    private static async Task<HttpResponseMessage> SendAsync(AccessHost host, string token, string path, bool isEndless)
    {
        var answer = host.GetAsync(token, path);
        if (isEndless)
        {
            await host.Identities.ReceivedAsync(1);
            host.Clock.Advance(TimeSpan.FromSeconds(4.9));
            answer.IsCompleted.ShouldBeFalse();
            host.Clock.Advance(TimeSpan.FromSeconds(0.1));
        }

        return await answer;
    }
}
