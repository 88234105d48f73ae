using System.Buffers;

namespace CfAccess.ApiShield.Operations;

/// <summary>The host of an operation or a selector: labels, of which whole ones may be variables.</summary>
/// <param name="Text">In lower case, with variables renamed from the left.</param>
/// <param name="Labels">The labels; null is a variable.</param>
internal sealed record HostTemplate(string Text, IReadOnlyList<string?> Labels)
{
    private const int MaximumLabelLength = 63;

    private static readonly SearchValues<char> LabelCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_");

    private static readonly SearchValues<char> OfUrls = SearchValues.Create("/?#@ \t");

    public bool HasVariables => Labels.Contains(null);

    /// <summary>A bit for every label that is no variable, the leftmost the highest.</summary>
    public ulong Literals => Specificity.MaskOf(Labels);

    /// <returns>The template, or null and what is wrong.</returns>
    public static HostTemplate? Parse(string text, out string problem)
    {
        var host = HostName.Of(text).ToString().ToLowerInvariant();
        problem = Check(text, host);
        if (problem.Length > 0)
        {
            return null;
        }

        if (host[0] == '[')
        {
            return new HostTemplate(host, [host]);
        }

        var labels = host.Split('.').Select(label => Variable.Is(label) ? null : label).ToList();
        var number = 0;
        return new HostTemplate(string.Join('.', labels.Select(label => label ?? $"{{hostVar{++number}}}")), labels);
    }

    private static string Check(string text, string host)
    {
        if (host.Length is 0 or > HostName.MaximumLength)
        {
            return $"is empty or longer than {HostName.MaximumLength} characters. Write a host name such as api.example.com.";
        }

        if (text.AsSpan().ContainsAny(OfUrls))
        {
            return "has to be a host name alone, such as api.example.com, without a scheme and without a path.";
        }

        if (host[0] == '[' && Uri.CheckHostName(host) == UriHostNameType.IPv6)
        {
            return string.Empty;
        }

        if (host.Count('.') >= Specificity.MaximumParts)
        {
            return $"has more than {Specificity.MaximumParts} labels.";
        }

        return host.Split('.').All(label => Variable.Is(label) || IsLiteral(label))
            ? string.Empty
            : "has a label that is neither letters, digits, - and _ nor a variable that fills the label, such as {hostVar1}. Write a name with "
                + "other letters in its ASCII form, which begins with xn--.";
    }

    private static bool IsLiteral(string label) =>
        label.Length is > 0 and <= MaximumLabelLength && !label.AsSpan().ContainsAnyExcept(LabelCharacters);
}
