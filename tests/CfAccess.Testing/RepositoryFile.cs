namespace CfAccess.Testing;

/// <summary>Files of the repository that tests read.</summary>
public static class RepositoryFile
{
    /// <summary>Finds a file by its path from the top of the repository.</summary>
    public static string Find(string path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CfAccess.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.FullName ?? throw new InvalidOperationException("Not inside the repository."), path);
    }
}
