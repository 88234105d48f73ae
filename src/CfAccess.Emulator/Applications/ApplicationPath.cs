using Microsoft.AspNetCore.Http;

namespace CfAccess.Emulator.Applications;

/// <summary>A path that an application covers with all that lies below it.</summary>
internal static class ApplicationPath
{
    private const char Separator = '/';
    private static readonly char[] Special = ['*', '?', '#', '%', '\\'];

    public static bool IsGood(string? path) =>
        path is [Separator, ..]
        && path.IndexOfAny(Special) < 0
        && (path.Length == 1 || path.Trim(Separator).Split(Separator).All(segment => segment is not ("" or "." or "..")));

    /// <summary>Without the separator at its end, so that <c>/admin/</c> covers <c>/admin</c> too; the root is empty.</summary>
    public static PathString Normalize(string path) => new(path.TrimEnd(Separator));
}
