using System.Globalization;
using System.Net;
using CfAccess.Testing;
using CfAccess.Testing.Attacks;

namespace CfAccess.AspNetCore.Tests.Attacks;

/// <summary>Line 26, where the two members of one name are far apart, differently written, or among many.</summary>
[Trait("attack", "26")]
public sealed class RepeatedMemberTests(InProcessAttackHosts hosts) : IClassFixture<InProcessAttackHosts>
{
    /// <summary>How many members there are between the two: around the number beyond which names are kept in another way.</summary>
    public static TheoryData<int> Between => [0, 1, 18, 19, 20, 21, 22, 23, 60];

    [Theory]
    [MemberData(nameof(Between))]
    public async Task A_name_that_comes_twice_is_refused_however_far_apart(int between)
    {
        await ShouldBeAsync(HttpStatusCode.Unauthorized, $"\"x\":1,{Members(between)}\"x\":1");
        await ShouldBeAsync(HttpStatusCode.Unauthorized, $"{Members(between)}\"x\":1,\"x\":1");
        await ShouldBeAsync(HttpStatusCode.OK, $"{Members(between)}\"x\":1");
    }

    [Theory]
    [MemberData(nameof(Between))]
    public async Task A_name_that_comes_twice_is_refused_however_it_is_written(int between)
    {
        await ShouldBeAsync(HttpStatusCode.Unauthorized, $"\"x\":1,{Members(between)}\"\\u0078\":1");
        await ShouldBeAsync(HttpStatusCode.Unauthorized, $"\"\\u0078\":1,{Members(between)}\"x\":1");
        await ShouldBeAsync(HttpStatusCode.Unauthorized, $"{Members(between)}\"e\\u0078p\":1900000000");
        await ShouldBeAsync(HttpStatusCode.OK, $"\"\\u0078\":1,{Members(between)}\"y\":1");
    }

    [Fact]
    public async Task A_name_that_comes_twice_is_refused_also_where_the_very_first_is_written_with_escapes()
    {
        var host = await hosts.GetAsync(AttackSetting.Usual);
        var draft = host.Bench.Person();

        (await host.SendAsync(draft.BodyText(TokenDraft.Prepending("\"\\u0078\":1,\"x\":1")))).Status.ShouldBe(401);
        (await host.SendAsync(draft.BodyText(TokenDraft.Prepending("\"\\u0065xp\":1900000000")))).Status.ShouldBe(401);
        (await host.SendAsync(draft.BodyText(TokenDraft.Prepending("\"\\u0078\":1,\"y\":1")))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Names_that_only_look_alike_are_two()
    {
        await ShouldBeAsync(HttpStatusCode.OK, "\"abc\":1,\"axc\":1,\"\":1,\"a\":1,\"A\":1");
        await ShouldBeAsync(HttpStatusCode.Unauthorized, "\"abc\":1,\"axc\":1,\"abc\":1");
        await ShouldBeAsync(HttpStatusCode.Unauthorized, "\"\":1,\"a\":1,\"\":1");
    }

    [Fact]
    public async Task A_deciding_name_counts_however_it_is_written()
    {
        var host = await hosts.GetAsync(AttackSetting.Usual);
        var draft = host.Bench.Person().BodyText(json => json.Replace("\"email\"", "\"\\u0065mail\"", StringComparison.Ordinal));
        var answer = await host.SendAsync(draft);

        answer.Status.ShouldBe(200);
        answer.Body.ShouldBe(TestTeam.Email);
    }

    private static string Members(int count) =>
        string.Concat(Enumerable.Range(0, count).Select(number => string.Create(CultureInfo.InvariantCulture, $"\"member{number}\":{number},")));

    private async Task ShouldBeAsync(HttpStatusCode status, string members)
    {
        var host = await hosts.GetAsync(AttackSetting.Usual);
        var answer = await host.SendAsync(host.Bench.Person().BodyText(TokenDraft.Appending(members)));
        ((HttpStatusCode)answer.Status).ShouldBe(status, members);
    }
}
