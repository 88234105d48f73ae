using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.Testing.Properties;

/// <summary>Generates strings that a client might send for a token: changes of one, and some with nothing of one.</summary>
internal static class StringGen
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private static readonly Gen<char> Base64UrlCharacter = Gen.Elements(Alphabet.ToCharArray());

    private static readonly Gen<char> OtherCharacter = Gen.Frequency(
        (3, Gen.Elements(".=+/ \t%,;\"\\&~".ToCharArray())),
        (1, Gen.Elements("\0\r\n\u007fé\u0430\ud83d\udca9\ufeff".ToCharArray())));

    private static readonly Gen<char> Character = Gen.Frequency((5, Base64UrlCharacter), (1, OtherCharacter));

    private static readonly Gen<string> Base64UrlText =
        from length in Gen.Choose(0, 60)
        from characters in Base64UrlCharacter.ArrayOf(length)
        select new string(characters);

    private static readonly Gen<string> AnyText = Gen.Frequency(
        (2, ArbMap.Default.GeneratorFor<UnicodeString>().Select(text => text.Item ?? string.Empty)),
        (1, ArbMap.Default.GeneratorFor<string>().Select(text => text ?? string.Empty)),
        (1, from length in Gen.Choose(0, 40)
            from characters in Gen.Elements("{}[]\":,.=;%\\u0 eyJ\t".ToCharArray()).ArrayOf(length)
            select new string(characters)));

    /// <summary>Segments that look right, and hold whatever they hold.</summary>
    private static readonly Gen<string> Segments =
        from count in Gen.Frequency((6, Gen.Constant(3)), (2, Gen.Choose(1, 6)))
        from segments in Gen.Frequency(
            (3, Base64UrlText),
            (2, AnyText.Select(Base64UrlEncoder.Encode)),
            (2, Gen.Elements(Header(), Payload(), string.Empty))).ArrayOf(count)
        select string.Join('.', segments);

    /// <summary>A header or payload, or both, as Access writes them, and no signature that anyone made.</summary>
    private static readonly Gen<string> Forged =
        from payload in Gen.Frequency((2, Gen.Constant(Payload())), (1, AnyText.Select(Base64UrlEncoder.Encode)), (1, Base64UrlText))
        from bytes in ArbMap.Default.GeneratorFor<byte>().ArrayOf(16)
        from isLong in Gen.Frequency((7, Gen.Constant(true)), (1, Gen.Constant(false)))
        let signature = isLong ? Enumerable.Repeat(bytes, 16).SelectMany(part => part).ToArray() : bytes
        select $"{Header()}.{payload}.{Base64UrlEncoder.Encode(signature)}";

    /// <summary>Strings made without a good token.</summary>
    public static Gen<string> FromNothing { get; } = Gen.Frequency(
        (4, AnyText),
        (3, Segments),
        (4, Forged),
        (1, from length in Gen.Choose(16_300, 16_500)
            from piece in Character
            select new string(piece, length)));

    /// <summary>One character substituted, removed, inserted, doubled or swapped with its neighbour.</summary>
    public static Gen<string> OneCharacterOff(string token) =>
        from at in Gen.Choose(0, token.Length - 1)
        from character in Character
        from changed in Gen.Frequency(
            (8, Gen.Constant(token[..at] + character + token[(at + 1)..])),
            (2, Gen.Constant(token[..at] + token[(at + 1)..])),
            (2, Gen.Constant(token[..at] + character + token[at..])),
            (1, Gen.Constant(token[..at] + token[at] + token[at..])),
            (1, Gen.Constant(at == 0 ? token[1..] : token[..(at - 1)] + token[at] + token[at - 1] + token[(at + 1)..])))
        select changed;

    /// <summary>A segment of one token in the place of one of another, or a token's own segments in another number or order.</summary>
    public static Gen<string> SegmentsSwapped(string one, string other)
    {
        var (mine, theirs) = (one.Split('.'), other.Split('.'));
        return Gen.Frequency(
            (6, Gen.Choose(0, 2).Select(at => string.Join('.', [.. mine[..at], theirs[at], .. mine[(at + 1)..]]))),
            (1, Gen.Shuffle(mine).Select(segments => string.Join('.', segments))),
            (1, Gen.SubListOf(mine).Select(segments => string.Join('.', segments))),
            (1, Gen.Choose(0, 2).Select(at => string.Join('.', [.. mine[..at], mine[at], .. mine[at..]]))));
    }

    private static string Header() => Base64UrlEncoder.Encode(Encoding.UTF8.GetBytes(TokenRecipe.Person.Header.ToString()));

    private static string Payload() => Base64UrlEncoder.Encode(Encoding.UTF8.GetBytes(TokenRecipe.Person.Payload.ToString()));
}
