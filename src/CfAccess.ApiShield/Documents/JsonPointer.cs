using System.Globalization;

namespace CfAccess.ApiShield.Documents;

/// <summary>Makes JSON Pointers (RFC 6901).</summary>
internal static class JsonPointer
{
    public static string Member(string pointer, string name) =>
        $"{pointer}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    public static string Item(string pointer, int index) => string.Create(CultureInfo.InvariantCulture, $"{pointer}/{index}");
}
