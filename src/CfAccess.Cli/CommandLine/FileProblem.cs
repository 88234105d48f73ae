namespace CfAccess.Cli.CommandLine;

/// <summary>Says why a file that the command line names cannot be opened.</summary>
internal static class FileProblem
{
    /// <summary>Whether the exception is about the file, and not a defect.</summary>
    public static bool Is(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;

    /// <summary>A sentence that begins with the path.</summary>
    public static string Describe(string path, Exception exception)
    {
        var problem = exception switch
        {
            FileNotFoundException or DirectoryNotFoundException => "does not exist",
            UnauthorizedAccessException when Directory.Exists(path) => "is a folder",
            _ => "cannot be read",
        };
        return $"{Quoted.Value(path)} {problem}.";
    }
}
