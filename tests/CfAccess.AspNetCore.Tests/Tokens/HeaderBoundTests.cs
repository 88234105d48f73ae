using System.Text;
using CfAccess.AspNetCore.Tokens;
using CfAccess.Shared.Jwt;
using CfAccess.Testing;

namespace CfAccess.AspNetCore.Tests.Tokens;

/// <summary>What a token may look like before its claims matter: three segments, and a header of bounded length that is text.</summary>
public sealed class HeaderBoundTests
{
    /// <summary>The longest header, in characters of base64url; below, the bytes that it holds.</summary>
    private const int LongestHeader = 2048;
    private const int LongestHeaderBytes = 1536;

    private static readonly TokenMinter Minter = new(new TestClock());

    [Fact]
    public void A_header_of_the_greatest_length_is_read_and_one_byte_more_is_not()
    {
        var longest = TokenWithHeaderOf(LongestHeaderBytes);
        var longer = TokenWithHeaderOf(LongestHeaderBytes + 1);
        longest.IndexOf('.', StringComparison.Ordinal).ShouldBe(LongestHeader);

        TokenScreen.Check(longest, int.MaxValue, out var kid).ShouldBeNull();
        kid.ShouldBe(Minter.Key.Kid);
        TokenScreen.Check(longer, int.MaxValue, out _).ShouldBe(AccessFailureReason.Malformed);
    }

    [Fact]
    public void A_token_of_the_greatest_length_is_read_and_one_of_a_character_more_is_not()
    {
        var token = Minter.MintPerson();

        TokenScreen.Check(token, token.Length, out _).ShouldBeNull();
        TokenScreen.Check(token, token.Length - 1, out _).ShouldBe(AccessFailureReason.TooLong);
    }

    [Theory]
    [InlineData("{'alg':'RS256','kid':'*'}")]
    [InlineData("{'alg':'RS256','kid':'k','typ':'*'}")]
    [InlineData("{'alg':'RS256','kid':'k','*':'x'}")]
    [InlineData("{'alg':'RS256','kid':'k','x':['*']}")]
    public void A_header_that_is_no_UTF_8_is_refused_even_where_nobody_reads_it(string header)
    {
        var text = header.Replace('\'', '"');
        var spoilt = NoUtf8.In(text);

        TokenScreen.Check(Minter.Sign(text, "{}"), int.MaxValue, out _).ShouldBeNull();
        TokenScreen.Check(Minter.Sign(spoilt, "{}"u8.ToArray()), int.MaxValue, out _).ShouldBe(AccessFailureReason.Malformed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("e30")]
    [InlineData("e30.e30")]
    [InlineData(".e30.e30")]
    [InlineData("e30..e30")]
    [InlineData("e30.e30.")]
    [InlineData("e30.e30.e30.e30")]
    public void Other_than_three_segments_that_hold_something_are_no_token(string text) =>
        CompactToken.TrySplit(text, out _).ShouldBeFalse();

    private static string TokenWithHeaderOf(int bytes)
    {
        var empty = Minter.Header();
        empty["x"] = string.Empty;
        var header = Minter.Header();
        header["x"] = new string('x', bytes - Encoding.UTF8.GetByteCount(empty.ToJsonString()));
        return Minter.Sign(header.ToJsonString(), "{}");
    }
}
