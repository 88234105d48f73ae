namespace CfAccess.Emulator.Parts;

/// <summary>The options of a part that a companion package adds to those of the emulator.</summary>
internal abstract class EmulatorPartOptions
{
    /// <summary>The section of the part, below that of the emulator.</summary>
    public abstract string Section { get; }

    /// <returns>Everything that is wrong, each with its key.</returns>
    public abstract IEnumerable<string> Check(AccessEmulatorOptions options);

    /// <summary>Puts relative paths below a folder.</summary>
    public abstract void RootFiles(string folder);

    /// <returns>The part; null if it is off.</returns>
    public abstract EmulatorPart? Create(AccessEmulator emulator);
}
