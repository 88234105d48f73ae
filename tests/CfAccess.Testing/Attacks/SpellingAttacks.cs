using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace CfAccess.Testing.Attacks;

/// <summary>Line 10: a second spelling of the same token. Header and payload are signed as they are misspelt, as Access alone could.</summary>
internal static class SpellingAttacks
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private const int BadRequest = 400;

    private static readonly string[] Segments = ["header", "payload", "signature"];

    /// <summary>Over a socket, HTTP takes no CR, LF or NUL in a header (RFC 9110, section 5.5), and Kestrel no bytes that are not UTF-8.</summary>
    private static readonly (char Character, string Name, int? OnTheWire)[] Foreign =
    [
        ('+', "a plus", null),
        ('/', "a slash", null),
        ('=', "an equals sign", null),
        ('%', "a percent sign", null),
        ('~', "a tilde", null),
        ('"', "a quotation mark", null),
        (',', "a comma", null),
        (' ', "a blank", null),
        ('\t', "a tab", null),
        ('\r', "a CR", BadRequest),
        ('\n', "an LF", BadRequest),
        ('\0', "a NUL", BadRequest),
        ('\u00e9', "a byte that is not UTF-8", BadRequest),
        ('\u0410', "a Cyrillic A", null),
        ('\uff21', "a full-width A", null),
        ('\u200b', "a blank without width", null),
        ('\ud800', "half of a surrogate pair", null),
    ];

    public static IEnumerable<Attack> All => [.. ForeignCharacters, .. Padding, .. UnusedBits, .. Alphabets, .. Ends];

    private static IEnumerable<Attack> ForeignCharacters =>
        from segment in Enumerable.Range(0, Segments.Length)
        from foreign in Foreign
        let name = $"{foreign.Name} inside the {Segments[segment]}"
        select Misspelt(name, segment, text => text.Insert(text.Length / 2, foreign.Character.ToString())) with
        {
            StatusOnTheWire = foreign.OnTheWire,
        };

    private static IEnumerable<Attack> Padding =>
        from segment in Enumerable.Range(0, Segments.Length)
        from unused in segment == 2 ? new[] { 4 } : [4, 2]
        let padding = new string('=', unused / 2)
        select Misspelt($"{unused} unused bits of the {Segments[segment]} filled up by {padding}", segment, text => text + padding, unused);

    private static IEnumerable<Attack> UnusedBits =>
        from segment in Enumerable.Range(0, Segments.Length)
        from unused in segment == 2 ? new[] { 4 } : [4, 2]
        from bit in Enumerable.Range(0, unused)
        select Misspelt($"unused bit {bit} of {unused} of the {Segments[segment]} set", segment, text => WithLastBit(text, bit), unused);

    private static IEnumerable<Attack> Alphabets =>
    [
        Misspelt("the payload in the alphabet of base64", 1, text => text.Replace('-', '+').Replace('_', '/')),
        Misspelt("the header in the alphabet of base64", 0, text => text.Replace('-', '+').Replace('_', '/')),
        new(10, "the signature in the alphabet of base64", "malformed")
        {
            Good = bench => AttackRequest.Asserting(WithDashInSignature(bench)),
            Bad = (_, good) => [AttackRequest.Asserting(good.Headers[0].Value.Replace('-', '+').Replace('_', '/'))],
        },
        Misspelt("the payload in lower case", 1, text => text.ToLowerInvariant()),
        Misspelt("the payload as hexadecimal digits", 1, text => Convert.ToHexString(Base64Url.DecodeFromChars(text))),
        Misspelt("the payload as plain JSON", 1, text => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text))),
        Misspelt("the header with one character too many", 0, text => text + "A", unused: 0),
        Misspelt("the signature with characters too many", 2, text => text + "AAA", reason: "malformed"),
    ];

    /// <summary>Kestrel takes blanks and tabs from both ends of a header, as HTTP demands, and so lets the good token through.</summary>
    private static IEnumerable<Attack> Ends =>
    [
        Attack.OnToken(10, "a blank in front", "malformed", (_, token) => " " + token) with { StatusOnTheWire = 200 },
        Attack.OnToken(10, "a blank behind", "malformed", (_, token) => token + " ") with { StatusOnTheWire = 200 },
        Attack.OnToken(10, "a tab in front", "malformed", (_, token) => "\t" + token) with { StatusOnTheWire = 200 },
        Attack.OnToken(10, "a tab behind", "malformed", (_, token) => token + "\t") with { StatusOnTheWire = 200 },
        Attack.OnToken(10, "a CR and LF in front", "malformed", (_, token) => "\r\n" + token) with { StatusOnTheWire = BadRequest },
        Attack.OnToken(10, "a CR and LF behind", "malformed", (_, token) => token + "\r\n") with { IsInProcessOnly = true },
        Attack.OnToken(10, "a CR, an LF and a second header behind", "malformed", (_, token) =>
            token + "\r\nX-Forged: forged") with { IsInProcessOnly = true },
        Attack.OnToken(10, "a NUL behind", "malformed", (_, token) => token + "\0") with { StatusOnTheWire = BadRequest },
        Attack.OnToken(10, "quotation marks around it", "malformed", (_, token) => $"\"{token}\""),
        Attack.OnToken(10, "its dots percent-encoded", "malformed", (_, token) => token.Replace(".", "%2E", StringComparison.Ordinal)),
        Attack.OnToken(10, "a comma and a second token behind", "malformed", (_, token) => $"{token},{token}"),
        Attack.OnToken(10, "a semicolon behind", "malformed", (_, token) => token + ";"),
    ];

    private static Attack Misspelt(string name, int segment, Func<string, string> spoil, int? unused = null, string reason = "malformed")
    {
        return new(10, name, reason)
        {
            Good = bench => AttackRequest.Asserting(Token(bench, text => text)),
            Bad = (bench, _) => [AttackRequest.Asserting(Token(bench, spoil))],
        };

        string Token(AttackBench bench, Func<string, string> change)
        {
            // The country makes dashes and underscores.
            var draft = bench.Person().HeadText(TokenDraft.Appending("\"x\":\"?>?>?>~~~\"")).BodyText(TokenDraft.Replacing("country", "\"?>?>?>~~~\""));
            var header = Encoded(draft.Header, segment == 0 ? unused : null);
            var payload = Encoded(draft.Payload, segment == 1 ? unused : null);
            return segment switch
            {
                0 => bench.Team.SignSegments(change(header), payload),
                1 => bench.Team.SignSegments(header, change(payload)),
                _ => WithSignature(bench.Team.SignSegments(header, payload), change),
            };
        }
    }

    private static string WithSignature(string token, Func<string, string> change) =>
        token[..(token.LastIndexOf('.') + 1)] + change(token[(token.LastIndexOf('.') + 1)..]);

    /// <summary>JSON with blanks behind it, so that its last character has that many bits to spare.</summary>
    private static string Encoded(string json, int? unused)
    {
        while (unused is { } bits && json.Length % 3 != (bits switch { 4 => 1, 2 => 2, _ => 0 }))
        {
            json += " ";
        }

        return Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
    }

    private static string WithLastBit(string text, int bit) =>
        text[..^1] + Alphabet[Alphabet.IndexOf(text[^1], StringComparison.Ordinal) | (1 << bit)];

    private static string WithDashInSignature(AttackBench bench) => Enumerable.Range(0, 10_000)
        .Select(number => bench.Team.MintPerson(payload => payload["identity_nonce"] = number.ToString(CultureInfo.InvariantCulture)))
        .First(token =>
            token.Split('.')[2].Contains('-', StringComparison.Ordinal) && token.LastIndexOfAny(['-', '_'], token.LastIndexOf('.')) < 0);
}
