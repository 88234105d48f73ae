using System.Diagnostics.CodeAnalysis;
using System.Text;
using CfAccess.AspNetCore.Teams;

namespace CfAccess.AspNetCore.Authorization.Policies;

/// <summary>
/// A requirement as the name of a policy: <c>CloudflareAccess:Group@acme:finance,legal</c>. The framework passes such a name on from every place that
/// takes one, so the name alone has to say what is demanded. A percent sign escapes the separators, and nothing else.
/// </summary>
internal static class PolicyName
{
    private const string Prefix = "CloudflareAccess:";
    private const char TeamSign = '@';
    private const char ValuesSign = ':';
    private const char Separator = ',';

    private static readonly (string Plain, string Escaped)[] Escapes = [("%", "%25"), (",", "%2C"), (":", "%3A")];

    /// <summary>Whether a name is meant to be one of ours. Names that only resemble ours are too, so that nobody else can give them a meaning.</summary>
    public static bool IsAccessPolicy(string name) => name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    public static string Format(AccessRequirement requirement)
    {
        var name = new StringBuilder(Prefix).Append(requirement.Kind);
        if (requirement.Team is { } issuer)
        {
            name.Append(TeamSign).Append(Escape(TeamDomain.ShortName(issuer)));
        }

        return requirement.Values.Count == 0
            ? name.ToString()
            : name.Append(ValuesSign).AppendJoin(Separator, requirement.Values.Select(Escape)).ToString();
    }

    public static bool TryParse(string name, [NotNullWhen(true)] out AccessRequirement? requirement)
    {
        requirement = null;
        if (!name.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        var (head, list) = Split(name[Prefix.Length..], ValuesSign);
        var (kindName, escapedTeam) = Split(head, TeamSign);
        string? team = null;
        return Enum.TryParse<AccessRequirementKind>(kindName, out var kind)
            && Enum.GetName(kind) == kindName
            && (escapedTeam is null || TryUnescape(escapedTeam, out team))
            && TryUnescapeAll(list?.Split(Separator) ?? [], out var values)
            && AccessRequirements.TryCreate(kind, values, team, out requirement, out _);
    }

    private static (string Before, string? After) Split(string text, char sign) =>
        text.IndexOf(sign, StringComparison.Ordinal) is >= 0 and var at ? (text[..at], text[(at + 1)..]) : (text, null);

    private static string Escape(string value) =>
        Escapes.Aggregate(value, (text, escape) => text.Replace(escape.Plain, escape.Escaped, StringComparison.Ordinal));

    /// <summary>Accepts only what <see cref="Escape"/> writes: a value has one spelling.</summary>
    private static bool TryUnescape(string escaped, out string value)
    {
        value = Escapes.Reverse().Aggregate(escaped, (text, escape) => text.Replace(escape.Escaped, escape.Plain, StringComparison.Ordinal));
        return Escape(value) == escaped;
    }

    private static bool TryUnescapeAll(string[] escaped, out List<string> values)
    {
        values = [];
        foreach (var one in escaped)
        {
            if (!TryUnescape(one, out var value))
            {
                return false;
            }

            values.Add(value);
        }

        return true;
    }
}
