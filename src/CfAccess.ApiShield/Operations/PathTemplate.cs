using Microsoft.AspNetCore.Http;

namespace CfAccess.ApiShield.Operations;

/// <summary>The path of an operation: segments, of which whole ones may be variables.</summary>
/// <param name="Text">With a leading slash, and with variables renamed from the left.</param>
/// <param name="Segments">
/// The segments as a server decodes them, with <c>%2F</c> left as it is; null is a variable. A trailing slash is an empty last segment.
/// </param>
internal sealed record PathTemplate(string Text, IReadOnlyList<string?> Segments)
{
    public const int MaximumLength = 4096;

    /// <summary>To decode a path with this escape throws.</summary>
    public const string Null = "%00";

    /// <summary>A bit for each segment that is no variable, the leftmost the highest.</summary>
    public ulong Literals => Specificity.MaskOf(Segments);

    /// <returns>The template, or null and what is wrong.</returns>
    public static PathTemplate? Parse(string text, out string problem)
    {
        problem = Check(text);
        if (problem.Length > 0)
        {
            return null;
        }

        // Cloudflare's own example has an endpoint without the slash.
        List<string> written = [.. text.TrimStart('/').Split('/')];
        var number = 0;
        return new PathTemplate(
            "/" + string.Join('/', written.Select(segment => Variable.Is(segment) ? $"{{var{++number}}}" : segment)),
            [.. written.Select(segment => Variable.Is(segment) ? null : Decode(segment))]);
    }

    private static string Decode(string segment) => PathString.FromUriComponent("/" + segment).Value![1..];

    private static string Check(string text)
    {
        if (text.Length is 0 or > MaximumLength)
        {
            return $"is empty or longer than {MaximumLength} characters. Write a path such as /api/accounts/{{var1}}.";
        }

        if (text.AsSpan().ContainsAny('?', '#', '\\') || text.Any(char.IsWhiteSpace) || text.Any(char.IsControl))
        {
            return "has a query, a fragment, a backslash or a blank in it. Write the path alone; the query is never compared.";
        }

        if (text.Contains(Null, StringComparison.Ordinal))
        {
            return $"has an escaped null character ({Null}), which servers reject. Remove it.";
        }

        var segments = text[(text[0] == '/' ? 1 : 0)..].Split('/');
        if (segments.Length > Specificity.MaximumParts)
        {
            return $"has more than {Specificity.MaximumParts} segments.";
        }

        if (segments.SkipLast(1).Contains(string.Empty))
        {
            return "has an empty segment (two slashes in a row), which no request would match.";
        }

        if (segments.Any(segment => Decode(segment) is "." or ".."))
        {
            return "has a segment . or .., which servers resolve before anyone compares. Write the path that results.";
        }

        return segments.Any(segment => segment.AsSpan().ContainsAny('{', '}') && !Variable.Is(segment))
            ? "has a brace outside of a variable. A variable is a name in braces that fills its segment, such as /{var1}/."
            : string.Empty;
    }
}
