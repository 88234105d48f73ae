namespace CfAccess.Emulator.ApiShield.Zone;

/// <summary>Replaces a file as a whole: whatever happens meanwhile, there is the old one or the new one.</summary>
internal static class AtomicFile
{
    /// <summary>Writes beside the file, to the disk, and only then puts that in its place. Only the owner may read it.</summary>
    /// <exception cref="IOException">It cannot be written; the old file stays.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written; the old file stays.</exception>
    public static void Replace(string path, Action<Stream> write)
    {
        // The same name each time: what a crash left behind is overwritten, and does not pile up.
        var beside = path + ".tmp";
        File.Delete(beside);
        using (var stream = new FileStream(beside, Options()))
        {
            write(stream);
            stream.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: true);
    }

    private static FileStreamOptions Options()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
