
using CfAccess.Emulator.Parts;
using CfAccess.Shared.Configuration;

namespace CfAccess.Emulator.ApiShield.Setup;

/// <summary>The options of the API among those of the emulator.</summary>
internal sealed class ShieldPartOptions : EmulatorPartOptions
{
    private const string Path = AccessEmulatorDefaults.ConfigurationSection + ":" + AccessEmulatorDefaults.ApiShieldSection;

    private readonly AccessEmulatorApiShieldOptions _options = new();

    public override string Section => AccessEmulatorDefaults.ApiShieldSection;

    /// <summary>Adds the part with its settings from configuration, or configures the part that is there already.</summary>
    public static void AddTo(AccessEmulatorOptions options, Action<AccessEmulatorApiShieldOptions>? configure)
    {
        if (options.Parts.OfType<ShieldPartOptions>().FirstOrDefault() is not { } part)
        {
            options.Parts.Add(part = new());
            part.Read(options);
        }

        configure?.Invoke(part._options);
    }

    public override IEnumerable<string> Check(AccessEmulatorOptions options)
    {
        if (_options.Enabled && !options.Edge)
        {
            yield return $"{Path}:Enabled needs Edge, which answers the API. Set Edge to true, or ApiShield:Enabled to false.";
        }

        if (_options is { File: not null, Enabled: false })
        {
            yield return $"{Path}:File is set, but ApiShield:Enabled is not. Set it to true, or leave out the file.";
        }

        if (_options.File is { } file && (string.IsNullOrWhiteSpace(file) || file.Contains('\0', StringComparison.Ordinal)))
        {
            yield return $"{Path}:File has to be the path of a file, such as api-shield.json.";
        }
    }

    public override void RootFiles(string folder) => _options.File =
        _options.File is { } file && !string.IsNullOrWhiteSpace(file) ? System.IO.Path.Combine(folder, file) : _options.File;

    public override EmulatorPart? Create(AccessEmulator emulator) => _options.Enabled
        ? new ShieldPart(emulator, new(_options.File is { } file ? new(file) : null))
        : null;

    private void Read(AccessEmulatorOptions options)
    {
        if (options.Settings is { } settings)
        {
            new SettingsReader(settings, options.ConfigurationErrors).Section(Section, reader =>
            {
                reader.Flag(nameof(_options.Enabled), value => _options.Enabled = value);
                reader.Text(nameof(_options.File), value => _options.File = value);
            });
        }
    }
}
