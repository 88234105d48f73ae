namespace CfAccess.ApiShield.Tokens;

/// <summary>
/// What stands before a token and is not part of it: <c>Bearer </c> or <c>Bearer: </c>, in any case, once. Without the space it is no
/// prefix, unless nothing follows: servers take blanks off the end of a header.
/// </summary>
internal static class BearerPrefix
{
    private const string Plain = "Bearer ";
    private const string WithColon = "Bearer: ";

    /// <param name="value">What was sent.</param>
    /// <param name="whole">The same as a string, where there is one.</param>
    /// <returns>What remains, or nothing if nothing does.</returns>
    public static string? Strip(ReadOnlySpan<char> value, string? whole = null)
    {
        var length = LengthIn(value);
        return value.Length == length ? null : length == 0 && whole is not null ? whole : value[length..].ToString();
    }

    private static int LengthIn(ReadOnlySpan<char> value) =>
        value.StartsWith(Plain, StringComparison.OrdinalIgnoreCase) ? Plain.Length
        : value.StartsWith(WithColon, StringComparison.OrdinalIgnoreCase) ? WithColon.Length
        : value.Equals(Plain.AsSpan().TrimEnd(), StringComparison.OrdinalIgnoreCase)
            || value.Equals(WithColon.AsSpan().TrimEnd(), StringComparison.OrdinalIgnoreCase) ? value.Length
        : 0;
}
