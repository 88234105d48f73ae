using System.Runtime.ExceptionServices;
using CfAccess.AspNetCore.Tokens;
using CfAccess.Testing;

namespace CfAccess.AspNetCore.Tests.Tokens;

/// <summary>Headers in braces that are JSON but for one mistake.</summary>
public sealed class HeaderMistakeTests
{
    private static readonly TokenMinter Minter = new(new TestClock());

    [Theory]
    [InlineData("""{"alg":"RS256","kid":current}""")]
    [InlineData("""{"alg":"RS256","kid": current}""")]
    [InlineData("""{"alg":"RS256","kid":'current'}""")]
    [InlineData("""{"alg":"RS256","kid":}""")]
    [InlineData("""{"alg":"RS256","kid":,"typ":"JWT"}""")]
    [InlineData("""{"alg":"RS256","kid":]}""")]
    [InlineData("""{"alg":"RS256" "kid":"current"}""")]
    [InlineData("""{"alg":"RS256";"kid":"current"}""")]
    [InlineData("""{"alg":"RS256","kid":"current"]}""")]
    [InlineData("""{"alg":"RS256","kid":"current,"typ":"JWT"}""")]
    [InlineData("""{"x":[] "alg":"RS256"}""")]
    [InlineData("""{'alg':'RS256','kid':'current'}""")]
    [InlineData("""{ alg:"RS256"}""")]
    [InlineData("""{,"alg":"RS256"}""")]
    [InlineData("""{{}""")]
    public void Where_the_next_character_tells_a_mistake_it_costs_no_exception(string header)
    {
        var reason = AccessFailureReason.MultipleTokens;

        ExceptionsOf(() => reason = Check(header).ShouldNotBeNull()).ShouldBe(0);

        reason.ShouldBe(AccessFailureReason.Malformed);
    }

    [Theory]
    [InlineData("""{"alg":"RS256","kid":7c1f}""")]
    [InlineData("""{"alg":"RS256","kid":-}""")]
    [InlineData("""{"alg":"RS256","kid":tru}""")]
    [InlineData("""{"alg":"RS256","kid":"current",}""")]
    [InlineData("""{"alg":"RS256",,"kid":"current"}""")]
    [InlineData("""{"alg" "RS256","kid":"current"}""")]
    [InlineData("""{"alg":"RS256","kid":"cur\xrent"}""")]
    [InlineData("""{"alg":"RS256","kid":"current}""")]
    [InlineData("""{"alg":"RS256","kid":"current"}}""")]
    [InlineData("""{"alg":"RS256","x":[}""")]
    [InlineData("""{"alg":"RS256","kid":"current","typ":1}""")]
    [InlineData("""{"alg":"RS256","kid":"current","cty":["JWT"]}""")]
    [InlineData("""{"alg":"RS256","kid":"current","zip":{}}""")]
    public void Any_other_is_refused_as_well(string header) => Check(header).ShouldBe(AccessFailureReason.Malformed);

    [Theory]
    [InlineData("""{"alg":"RS256","kid":"current"}""")]
    [InlineData(" {\t\"alg\" :\r\n \"RS256\" , \"kid\"\t:\t\"current\" }\n")]
    [InlineData("""{"kid":"current","a":1,"b":-1,"c":true,"d":false,"e":null,"f":{},"g":[],"h":"","i":0,"alg":"RS256"}""")]
    [InlineData("""{"alg":"RS256","kid":"current","typ":"JWT","cty":null,"zip":null}""")]
    [InlineData("""{"kid":"current","f": {"x":[1, 2]} , "g": [ {} ] ,"alg":"RS256"}""")]
    public void Where_there_is_none_it_is_read(string header) => Check(header).ShouldBeNull();

    private static AccessFailureReason? Check(string header) => TokenScreen.Check(Minter.Sign(header, "{}"), int.MaxValue, out _);

    /// <summary>How many exceptions this thread throws, caught or not.</summary>
    private static int ExceptionsOf(Action act)
    {
        var (count, thread) = (0, Environment.CurrentManagedThreadId);
        void Thrown(object? sender, FirstChanceExceptionEventArgs thrown) => count += Environment.CurrentManagedThreadId == thread ? 1 : 0;
        AppDomain.CurrentDomain.FirstChanceException += Thrown;
        try
        {
            act();
        }
        finally
        {
            AppDomain.CurrentDomain.FirstChanceException -= Thrown;
        }

        return count;
    }
}
