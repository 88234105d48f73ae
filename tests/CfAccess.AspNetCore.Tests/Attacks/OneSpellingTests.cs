using System.Buffers.Text;
using CfAccess.Shared.Jwt;

namespace CfAccess.AspNetCore.Tests.Attacks;

/// <summary>Line 10 for segments of every length, since the signature of a 2048-bit key has only one.</summary>
[Trait("attack", "10")]
public sealed class OneSpellingTests
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    public static TheoryData<int> Lengths => [1, 2, 3, 4, 5, 6, 127, 128, 129, 255, 256, 257, 384, 512];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Bytes_have_one_spelling(int length)
    {
        var bytes = Enumerable.Range(1, length).Select(number => (byte)(number * 37)).ToArray();
        var spelling = Base64Url.EncodeToString(bytes);

        var accepted = Alphabet.Select(last => spelling[..^1] + last).Where(text => Base64UrlSegment.IsCanonical(text)).ToList();

        accepted.ShouldContain(spelling);
        accepted.Select(text => Base64Url.EncodeToString(Base64Url.DecodeFromChars(text))).ShouldBe(accepted);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Only_characters_of_base64url_are_part_of_a_spelling(int length)
    {
        var spelling = Base64Url.EncodeToString(new byte[length]);

        for (var character = '\0'; character < '\u0400'; character++)
        {
            (spelling.Length, Base64UrlSegment.IsCanonical(character + spelling[1..])).ShouldBe(
                (spelling.Length, Alphabet.Contains(character, StringComparison.Ordinal)), $"U+{(int)character:X4}");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("A")]
    [InlineData("AAAAA")]
    [InlineData("AA==")]
    [InlineData("AAA=")]
    public void What_no_bytes_are_written_as_is_no_spelling(string text) => Base64UrlSegment.IsCanonical(text).ShouldBeFalse();
}
