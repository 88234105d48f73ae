using System.Security.Cryptography;
using CfAccess.ApiShield;

namespace CfAccess.Emulator.ApiShield.Zone;

/// <summary>The file that a rule set is kept in. It holds the secrets of symmetric keys.</summary>
internal sealed class ShieldFile
{
    private readonly string _path;
    private byte[]? _known;

    /// <param name="path">A path; a link is followed.</param>
    /// <exception cref="InvalidDataException">A link cannot be followed.</exception>
    public ShieldFile(string path)
    {
        try
        {
            _path = new FileInfo(path) is { LinkTarget: not null } link
                ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName
                : Path.GetFullPath(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, exception);
        }
    }

    /// <summary>What the file holds; nothing if it is not there yet.</summary>
    /// <exception cref="InvalidDataException">It cannot be read, or what it holds is wrong; the message tells of all that is.</exception>
    public ApiShieldRuleSet? Read()
    {
        try
        {
            if (Directory.Exists(_path) || !Directory.Exists(Path.GetDirectoryName(_path)))
            {
                throw new InvalidDataException(
                    $"{_path}, the file of the emulator's API Shield, is a folder, or in a folder that is not there. Write the path of a file.");
            }

            if (!File.Exists(_path))
            {
                return null;
            }

            var utf8 = File.ReadAllBytes(_path);
            _known = SHA256.HashData(utf8);
            return ShieldFileText.Read(utf8, _path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(_path, exception);
        }
    }

    /// <returns>Why it could not be saved; null if it is.</returns>
    public string? Save(ApiShieldRuleSet set)
    {
        try
        {
            var known = File.Exists(_path) ? SHA256.HashData(File.ReadAllBytes(_path)) : null;
            if (!known.AsSpan().SequenceEqual(_known))
            {
                return "The file was changed by somebody else since the emulator read or wrote it, and is not overwritten. Start the emulator anew to "
                    + "have it read.";
            }

            var utf8 = ShieldFileText.Write(set);
            AtomicFile.Replace(_path, stream => stream.Write(utf8));
            _known = SHA256.HashData(utf8);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"The file could not be written ({exception.GetType().Name}). Look at the disk, and at who may write there.";
        }
    }

    private static InvalidDataException Unreadable(string path, Exception exception) =>
        new($"{path}, the file of the emulator's API Shield, cannot be read: {exception.Message}", exception);
}
