using System.Globalization;
using System.Text;
using System.Text.Json;
using CfAccess.Testing;
using CfAccess.Testing.Properties;

namespace CfAccess.AspNetCore.Tests.Differential;

/// <summary>One rule by which we refuse what a textbook set-up accepts.</summary>
/// <param name="Name">The rule, in words.</param>
/// <param name="Applies">Whether a token made so is against it.</param>
internal sealed record StricterRule(string Name, Func<Specimen, bool> Applies)
{
    public override string ToString() => Name;
}

/// <summary>The table of all of them. No token that differs from a good one in one way is against two.</summary>
internal static class StricterRules
{
    private const long LastSecond = 253402300799;

    private static readonly string[] Times = ["exp", "nbf", "iat"];

    private static readonly string[] Texts = ["email", "sub", "common_name"];

    private static readonly string[] KeyMaterial = ["jwk", "jku", "x5u", "x5c", "x5t", "x5t#S256"];

    public static IReadOnlyList<StricterRule> All { get; } =
    [
        new("the token is longer than 16,384 characters", token => token.Mint().Length > 16 * 1024),
        new("a segment is padded", token => token.Spelling is Spelling.PaddedHeader or Spelling.PaddedPayload or Spelling.PaddedSignature),
        new("a line break inside a segment", token => token.Spelling is Spelling.LineBreakInPayload),
        new("the header is longer than 2,048 characters", token => Encoding.UTF8.GetByteCount(token.Header.ToString()) > 2048 / 4 * 3),
        new("the header has more than 16 members", token => token.Header.Members.Count > 16),
        new("the header is nested deeper than 4", token => token.Header.Members.Exists(member => 1 + Depth(member.Value) > 4)),
        new("a header name is written with escapes", token => token.Header.Members.Exists(member => member.Name.Contains('\\'))),
        new("a header member stands twice", token => HasTwice(token.Header)),
        new("a payload member stands twice", token => HasTwice(token.Payload)),
        new("something stands behind the header", token => HasTail(token.Header)),
        new("something stands behind the payload", token => HasTail(token.Payload)),
        new("alg is not RS256", token => Single(token.InHeader("alg"), alg => Specimen.Text(alg) != "RS256")),
        new("kid names no published key (the textbook tries x5t and then all keys)", token => !NamesPublishedKey(token)),
        new("crit, in any form", token => token.Header.Has("crit")),
        new("b64, in any form", token => token.Header.Has("b64")),
        new("a key in the header, or where to find one", token => KeyMaterial.Any(token.Header.Has) && NamesPublishedKey(token)),
        new("typ, cty or zip is no text", token => IsOther(token.Header, "typ", "cty", "zip")),
        new("email, sub or common_name is not a string", token => IsOther(token.Payload, Texts)),
        new("a lone surrogate inside an array or object of a member that is read", token => token.Payload.Members.Exists(
            member => LooserRules.IsRead(member.Name) && LooserRules.HoldsLoneSurrogate(member.Value))),
        new("type is not app", token => Single(token.InPayload("type"), type => Specimen.Text(type) != "app")),
        new("one of the audiences is blank or no text", token => Audiences(token).Exists(string.IsNullOrWhiteSpace)),
        new("the audience has a slash too many", token => Audiences(token).Contains(TestTeam.Audience + "/")),
        new("a time is not written as a whole number", token => AnyTime(token, time => !IsWhole(time))),
        new("a time before 1970 or after 9999", token => AnyTime(token, time => IsWhole(time) && !IsInReach(time))),
        new("exp was exactly ClockSkew ago", token => Single(token.InPayload("exp"), exp => exp == Values.At(-60))),
        new("iat lies further ahead than ClockSkew", token => Single(token.InPayload("iat"), IsTooFarAhead)),
    ];

    /// <summary>Whether a member that does not stand twice is such.</summary>
    private static bool Single(IEnumerable<string> values, Func<string?, bool> predicate) =>
        values.ToList() is { Count: < 2 } alone && predicate(alone.FirstOrDefault());

    private static bool NamesPublishedKey(Specimen token) => !Single(
        token.InHeader("kid"), kid => Specimen.Text(kid) != FixedKeys.Current.Kid && Specimen.Text(kid) != FixedKeys.Previous.Kid);

    private static bool HasTwice(JsonText json) =>
        json.Members.DistinctBy(member => Specimen.Text($"\"{member.Name}\"")).Count() < json.Members.Count;

    private static bool HasTail(JsonText json) => json.Close.TrimEnd(' ', '\n') != "}";

    internal static bool IsOther(JsonText json, params string[] names) =>
        names.Any(name => json[name] is { } value && value != "null" && Specimen.Text(value) is null);

    private static List<string?> Audiences(Specimen token)
    {
        if (token.InPayload("aud").ToList() is not [var aud])
        {
            return [];
        }

        using var document = JsonDocument.Parse(aud);
        return document.RootElement.ValueKind == JsonValueKind.Array
            ? [.. document.RootElement.EnumerateArray().Select(value => Specimen.Text(value.GetRawText()))]
            : [Specimen.Text(aud)];
    }

    private static bool AnyTime(Specimen token, Func<string, bool> predicate) =>
        Times.Any(name => Single(token.InPayload(name), time => time is not null && predicate(time)));

    private static bool IsWhole(string time) => time.AsSpan().TrimStart('-').ContainsAnyExceptInRange('0', '9') is false;

    private static bool IsInReach(string? time) => time is not null && IsWhole(time) && Number(time) is >= 0 and <= LastSecond;

    private static bool IsTooFarAhead(string? time) => IsInReach(time) && Number(time) > Values.Now + 60;

    private static decimal Number(string? time) => decimal.Parse(time!, CultureInfo.InvariantCulture);

    private static int Depth(string value)
    {
        var (depth, deepest) = (0, 0);
        foreach (var character in value)
        {
            depth += character is '[' or '{' ? 1 : character is ']' or '}' ? -1 : 0;
            deepest = Math.Max(depth, deepest);
        }

        return deepest;
    }
}
