namespace CfAccess.AspNetCore.ExternalEvaluation.Keys;

/// <summary>
/// Keeps the keys in one file of a directory. It is replaced as a whole, under a lock that instances on one machine or on a file system with locks
/// share, so that all that start at once end up with the same keys.
/// </summary>
internal sealed class DirectoryKeyStore(string directory, EvaluationKeyDocuments documents) : IEvaluationKeyStore
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly string _file = Path.Combine(directory, "external-evaluation.keys");
    private readonly string _lock = Path.Combine(directory, "external-evaluation.lock");

    public string Name => $"the directory {directory}";

    public Task CheckWritableAsync(CancellationToken cancellationToken) => TryAsync("written", async () =>
    {
        MakeDirectory();
        using var held = await LockAsync(cancellationToken).ConfigureAwait(false);
        File.Delete(await WriteBesideAsync([], cancellationToken).ConfigureAwait(false));
    });

    public async Task<IReadOnlyList<EvaluationKey>> ReadAsync(CancellationToken cancellationToken)
    {
        byte[]? document = null;
        await TryAsync("read", async () =>
        {
            if (File.Exists(_file))
            {
                document = await File.ReadAllBytesAsync(_file, cancellationToken).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
        return document is null ? [] : documents.Read(document, Name);
    }

    public Task UpdateAsync(Func<IReadOnlyList<EvaluationKey>, IReadOnlyList<EvaluationKey>> change, CancellationToken cancellationToken) =>
        TryAsync("written", async () =>
        {
            using var held = await LockAsync(cancellationToken).ConfigureAwait(false);
            var keys = change(await ReadAsync(cancellationToken).ConfigureAwait(false));
            var written = await WriteBesideAsync(documents.Write(keys, Name), cancellationToken).ConfigureAwait(false);
            File.Move(written, _file, overwrite: true);
        });

    private void MakeDirectory()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
        }
        else
        {
            Directory.CreateDirectory(directory, OwnerOnly | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Writes a file beside the real one, whole and on the disk before it takes that one's place.</summary>
    private async Task<string> WriteBesideAsync(byte[] content, CancellationToken cancellationToken)
    {
        var path = $"{_file}.{Guid.NewGuid():N}.tmp";
        try
        {
            using var stream = Open(path, FileMode.CreateNew);
            await stream.WriteAsync(content, cancellationToken).ConfigureAwait(false);
            stream.Flush(flushToDisk: true);
        }
        catch
        {
            File.Delete(path);
            throw;
        }

        return path;
    }

    /// <summary>
    /// Waits for whoever has the lock. That is another process, so it is waited for by the system's clock. The file stays: to delete it would let
    /// two have it.
    /// </summary>
    private async Task<FileStream> LockAsync(CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return Open(_lock, FileMode.OpenOrCreate);
            }
            catch (IOException exception) when (exception.GetType() == typeof(IOException) && TimeProvider.System.GetElapsedTime(began) < Patience)
            {
                await Task.Delay(Pause, TimeProvider.System, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static FileStream Open(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return new FileStream(path, options);
    }

    private async Task TryAsync(string what, Func<Task> action)
    {
        try
        {
            await action().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EvaluationKeyStoreException(
                $"The keys of External Evaluation cannot be {what} in {Name}: {exception.Message} Name a directory that this process may read and "
                + $"write, as {CloudflareAccessDefaults.ExternalEvaluationSection}:KeyDirectory.",
                exception);
        }
    }
}
