using System.Text.Json;
using CfAccess.Cli.CommandLine;
using Microsoft.Extensions.Configuration;

namespace CfAccess.Cli.Emulate;

/// <summary>
/// Reads a JSON file of settings, as an application's <c>appsettings.json</c>: what is below the section's name in it, or the whole file where
/// nothing is.
/// </summary>
internal static class SectionFile
{
    /// <exception cref="CliException">It cannot be read.</exception>
    public static IConfiguration Read(string path, string section)
    {
        IConfigurationRoot file;
        try
        {
            using var content = File.OpenRead(path);
            file = new ConfigurationBuilder().AddJsonStream(content).Build();
        }
        catch (Exception exception) when (FileProblem.Is(exception))
        {
            throw CliException.WrongUse(FileProblem.Describe(path, exception));
        }
        catch (Exception exception) when (exception is FormatException or InvalidDataException or JsonException)
        {
            throw CliException.WrongUse($"{Quoted.Value(path)} is no JSON object of settings: {exception.InnerException?.Message ?? exception.Message}");
        }

        if (file.GetSection(section).Exists())
        {
            return file;
        }

        return new ConfigurationBuilder()
            .AddInMemoryCollection(file.AsEnumerable()
                .Where(setting => setting.Value is not null)
                .Select(setting => KeyValuePair.Create($"{section}:{setting.Key}", setting.Value)))
            .Build();
    }
}
