namespace CfAccess.Testing.Properties;

/// <summary>
/// Which token a request carries, once more: the assertion header, and only where that is absent or empty the one value that all
/// cookies of the name have. Source: RFC 6265, section 4.2.1.
/// </summary>
public static class ReferenceRequest
{
    private const string CookieName = "CF_Authorization=";

    public static bool IsAccepted(Attempt attempt) =>
        ReferenceRules.Accepts(string.IsNullOrEmpty(attempt.Header) ? FromCookies(attempt.Cookie) : attempt.Header);

    private static string? FromCookies(string? cookie)
    {
        var values = (cookie ?? string.Empty).Split(';')
            .Select(pair => pair.Trim(' ', '\t'))
            .Where(pair => pair.StartsWith(CookieName, StringComparison.Ordinal) && pair.Length > CookieName.Length)
            .Select(pair => pair[CookieName.Length..])
            .Distinct()
            .ToList();
        return values is [var token] ? token : null;
    }
}
