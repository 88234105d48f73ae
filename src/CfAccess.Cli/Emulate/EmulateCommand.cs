using System.CommandLine;
using System.Globalization;
using System.Net.Sockets;
using CfAccess.Cli.CommandLine;
using CfAccess.Cli.Output;
using CfAccess.Emulator;
using Microsoft.Extensions.Options;

namespace CfAccess.Cli.Emulate;

/// <summary><c>cfaccess emulate</c>: the emulator on its own, for this machine alone.</summary>
internal static class EmulateCommand
{
    public const string SecretVariable = "CFACCESS_EMULATOR_SECRET";

    public static Command Make(Surroundings surroundings)
    {
        var port = new Option<int>("--port")
        {
            Description = "Where it listens on localhost, from 0 to 65535; 0 takes a free port.",
            HelpName = "PORT",
            DefaultValueFactory = _ => new Uri(AccessEmulatorDefaults.HostAddress).Port,
        };
        var file = new Option<string?>("--file")
        {
            Description = "People, service tokens and applications: an appsettings.json with CloudflareAccess:Emulator, or that section alone.",
            HelpName = "FILE",
        };
        var command = new Command("emulate", $"Run the Cloudflare Access emulator on this machine. {SecretVariable} sets its mint secret.") { port, file };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var number = OptionValues.InRange(parsed.GetValue(port), 0, 65535, "--port");
            var page = new Page(surroundings, parsed.IsJson());
            await using var host = await StartAsync(number, parsed.GetValue(file), page.IsJson ? TextWriter.Null : surroundings.Out, surroundings, cancellationToken);
            var report = new EmulateReport(
                host.Emulator.Issuer, host.Address.AbsoluteUri.TrimEnd('/'), host.Emulator.Audiences, host.Emulator.MintSecret);
            page.Report(report, CliJson.Default.EmulateReport, text => text.Note("Ctrl+C ends it."));
            await host.WaitForShutdownAsync(cancellationToken);
            return ExitCodes.Well;
        });
        return command;
    }

    private static async Task<AccessEmulatorHost> StartAsync(
        int port, string? file, TextWriter output, Surroundings surroundings, CancellationToken cancellationToken)
    {
        var configuration = file is null ? null : SectionFile.Read(file, AccessEmulatorDefaults.ConfigurationSection);

        // A free port is one of 127.0.0.1 only.
        var address = string.Create(CultureInfo.InvariantCulture, $"http://{(port == 0 ? "127.0.0.1" : "localhost")}:{port}");
        try
        {
            return await AccessEmulatorHost.StartAsync(
                options =>
                {
                    options.Output = output;
                    options.AddApiShield(shield => shield.File = BesideOf(file, shield.File));
                    options.MintSecret = surroundings.Variable(SecretVariable) is { Length: > 0 } secret ? secret : options.MintSecret;
                },
                address,
                configuration,
                cancellationToken);
        }
        catch (Exception exception) when (exception is OptionsValidationException or FormatException or ArgumentException or InvalidDataException)
        {
            throw CliException.WrongUse(string.Join(' ', exception.Message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)));
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            throw CliException.Unreachable($"{address} cannot be listened on: the port is taken, or not allowed. Give another --port.");
        }
    }

    /// <summary>A path in a file is below that file's folder, as below an application's.</summary>
    private static string? BesideOf(string? file, string? path) => file is null || string.IsNullOrWhiteSpace(path)
        ? path
        : Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, path);
}

/// <summary>What <c>cfaccess emulate --json</c> tells once it listens.</summary>
/// <param name="Issuer">The issuer of its tokens, which is what <c>--team</c> and <c>TeamDomain</c> take.</param>
/// <param name="Address">Where it listens.</param>
/// <param name="Audiences">Its AUD tags.</param>
/// <param name="MintSecret">The secret with which <c>cfaccess token</c> has tokens made.</param>
internal sealed record EmulateReport(string Issuer, string Address, IReadOnlyList<string> Audiences, string MintSecret);
