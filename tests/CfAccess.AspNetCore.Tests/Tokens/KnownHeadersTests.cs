using System.Globalization;
using System.Net;
using CfAccess.AspNetCore.Tests.Tokens.Cache;
using CfAccess.AspNetCore.Tokens;
using CfAccess.Testing;

namespace CfAccess.AspNetCore.Tests.Tokens;

/// <summary>That a header which was read once spares reading it, and nothing else.</summary>
public sealed class KnownHeadersTests
{
    private static readonly TokenMinter Minter = new(new TestClock(), TestKey.Get("current"));

    [Fact]
    public void A_known_header_gives_its_kid_to_a_token_that_is_well_formed()
    {
        var token = Minter.MintPerson();
        var known = new KnownHeaders();
        known.Add(token.AsSpan(0, token.IndexOf('.', StringComparison.Ordinal)), "kept");

        TokenScreen.Check(token, token.Length, known, out var kid).ShouldBeNull();
        kid.ShouldBe("kept");
        TokenScreen.Check(token, token.Length - 1, known, out _).ShouldBe(AccessFailureReason.TooLong);
        TokenScreen.Check(token + "=", int.MaxValue, known, out _).ShouldBe(AccessFailureReason.Malformed);
        TokenScreen.Check("x" + token, int.MaxValue, known, out _).ShouldBe(AccessFailureReason.Malformed);
        TokenScreen.Check(token[..token.LastIndexOf('.')], int.MaxValue, known, out _).ShouldBe(AccessFailureReason.Malformed);
    }

    [Fact]
    public void It_remembers_a_few_and_forgets_the_first()
    {
        var known = new KnownHeaders();
        for (var number = 0; number < 9; number++)
        {
            known.Add(Name(number), Name(number));
            known.Add(Name(number), "another");
            known.KidOf(Name(number)).ShouldBe(Name(number));
        }

        known.KidOf(Name(0)).ShouldBeNull();
        known.KidOf(Name(1)).ShouldBe(Name(1));
        known.KidOf("h").ShouldBeNull();
    }

    [Fact]
    public async Task A_key_that_is_withdrawn_refuses_a_header_that_was_known()
    {
        await using var rig = await CacheRig.StartAsync(options => options.TokenCache.Enabled = false);
        (await rig.StatusAsync(rig.Host.Minter.MintPerson())).ShouldBe(HttpStatusCode.OK);

        await rig.PublishAsync(TestKey.Get("next"));

        (await rig.StatusAsync(rig.Host.Minter.MintPerson())).ShouldBe(HttpStatusCode.Unauthorized);
        rig.Host.LastReason.ShouldBe("unknown_key");
    }

    private static string Name(int number) => "header" + number.ToString(CultureInfo.InvariantCulture);
}
