using CfAccess.AspNetCore.Tokens;
using CfAccess.Testing;
using CfAccess.Testing.Attacks;

namespace CfAccess.AspNetCore.Tests.Attacks;

/// <summary>What headers beside the token cannot do, where the answer alone does not tell.</summary>
public sealed class ForgedHeaderTests
{
    [Theory]
    [InlineData("Host", "evil.cloudflareaccess.com")]
    [InlineData("X-Forwarded-Host", "evil.cloudflareaccess.com")]
    [InlineData("Forwarded", "host=evil.cloudflareaccess.com;proto=http")]
    [Trait("attack", "15")]
    public async Task A_header_that_names_another_host_does_not_move_the_first_fetch_of_keys(string name, string value)
    {
        await using var host = await AttackHost.StartAsync(AttackSetting.Usual, tellsReasons: false, listens: false);

        var answer = await host.SendAsync(AttackRequest.Asserting(host.Bench.Person().Token).And(name, value), AttackPaths.Me);

        answer.Status.ShouldBe(200);
        host.App.Endpoint.Requests.ShouldBe([TestTeam.CertsUrl]);
    }

    [Fact]
    [Trait("attack", "11")]
    public async Task The_email_header_alone_is_nobody()
    {
        await using var host = await AttackHost.StartAsync(AttackSetting.Usual, tellsReasons: false, listens: false);

        var answer = await host.SendAsync(new(("Cf-Access-Authenticated-User-Email", TestTeam.Email)), AttackPaths.Open);

        answer.Status.ShouldBe(200);
        answer.Body.ShouldBe("nobody");
        host.App.Endpoint.Count.ShouldBe(0);
    }

    [Fact]
    [Trait("attack", "11")]
    public async Task The_email_header_of_another_does_not_change_whose_token_it_is()
    {
        await using var host = await AttackHost.StartAsync(AttackSetting.Usual, tellsReasons: false, listens: false);

        var answer = await host.SendAsync(
            AttackRequest.Asserting(host.Bench.Person().Token).And("Cf-Access-Authenticated-User-Email", "mallory@example.com"), AttackPaths.Open);

        answer.Body.ShouldBe(TestTeam.Email);
    }

    [Fact]
    [Trait("attack", "6")]
    public void A_hundred_thousand_dots_are_refused_without_a_byte_of_memory()
    {
        var dots = new string('.', 100_000);
        TokenScreen.Check(dots, int.MaxValue, out _).ShouldBe(AccessFailureReason.Malformed);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 100; round++)
        {
            TokenScreen.Check(dots, int.MaxValue, out _);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }
}
