using System.Globalization;
using CfAccess.ApiShield;

namespace CfAccess.Emulator.ApiShield.Bodies;

/// <summary>JSON Pointers (RFC 6901).</summary>
internal static class JsonPointer
{
    public static string Member(string pointer, string name) =>
        $"{pointer}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    public static string Item(string pointer, int index) => string.Create(CultureInfo.InvariantCulture, $"{pointer}/{index}");

    /// <summary>Whether a pointer is another one, or below it.</summary>
    public static bool IsAt(string pointer, string other) =>
        pointer.StartsWith(other, StringComparison.Ordinal) && (pointer.Length == other.Length || pointer[other.Length] == '/');

    /// <summary>The problems at one place or below it, with pointers that begin at another place.</summary>
    public static IEnumerable<ApiShieldProblem> Move(IEnumerable<ApiShieldProblem> problems, string from, string to) => problems
        .Where(problem => IsAt(problem.Pointer, from))
        .Select(problem => problem with { Pointer = to + problem.Pointer[from.Length..] });
}
