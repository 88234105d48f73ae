using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CfAccess.Cli.CommandLine;
using CfAccess.Cli.Output;
using CfAccess.Emulator;
using Microsoft.Extensions.Options;

namespace CfAccess.Cli.Emulate;

/// <summary><c>cfaccess emulate</c>: the emulator on its own, for this machine, or for named networks.</summary>
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
        var address = new Option<string?>("--address")
        {
            Description = "Listen on this http origin instead of --port, such as http://0.0.0.0:5090. The file then sets Issuer and AllowedHosts.",
            HelpName = "ORIGIN",
        };
        var networks = new Option<string?>("--allowed-networks")
        {
            Description = "Networks that may log in and make tokens besides this machine, such as 172.16.0.0/12, separated by commas.",
            HelpName = "NETWORKS",
        };
        var file = new Option<string?>("--file")
        {
            Description = "People, service tokens and applications: an appsettings.json with CloudflareAccess:Emulator, or that section alone.",
            HelpName = "FILE",
        };
        var command = new Command("emulate", $"Run the Cloudflare Access emulator on this machine. {SecretVariable} sets its mint secret.") { port, address, networks, file };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(address) is not null && parsed.GetResult(port) is { Implicit: false })
            {
                throw CliException.WrongUse("Give --port or --address, not both.");
            }

            var listensOn = parsed.GetValue(address) ?? AddressOf(OptionValues.InRange(parsed.GetValue(port), 0, 65535, "--port"));
            var allowed = NetworksOf(parsed.GetValue(networks));
            var page = new Page(surroundings, parsed.IsJson());
            await using var host = await StartAsync(
                listensOn, allowed, parsed.GetValue(file), page.IsJson ? TextWriter.Null : surroundings.Out, surroundings, cancellationToken);
            var report = new EmulateReport(
                host.Emulator.Issuer, host.Address.AbsoluteUri.TrimEnd('/'), host.Emulator.Audiences, host.Emulator.MintSecret);
            page.Report(report, CliJson.Default.EmulateReport, text => text.Note("Ctrl+C ends it."));
            await host.WaitForShutdownAsync(cancellationToken);
            return ExitCodes.Well;
        });
        return command;
    }

    private static async Task<AccessEmulatorHost> StartAsync(
        string address, IEnumerable<IPNetwork> networks, string? file, TextWriter output, Surroundings surroundings, CancellationToken cancellationToken)
    {
        var configuration = file is null ? null : SectionFile.Read(file, AccessEmulatorDefaults.ConfigurationSection);
        try
        {
            return await AccessEmulatorHost.StartAsync(
                options =>
                {
                    options.Output = output;
                    foreach (var network in networks)
                    {
                        options.AllowedNetworks.Add(network);
                    }

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
            throw CliException.Unreachable($"{address} cannot be listened on: the port is taken, or not allowed. Give another one.");
        }
    }

    /// <summary>A free port, 0, is available on <c>127.0.0.1</c> only.</summary>
    private static string AddressOf(int port) =>
        string.Create(CultureInfo.InvariantCulture, $"http://{(port == 0 ? "127.0.0.1" : "localhost")}:{port}");

    /// <exception cref="CliException">One of the networks is not in CIDR notation.</exception>
    private static List<IPNetwork> NetworksOf(string? value)
    {
        List<IPNetwork> networks = [];
        foreach (var text in (value ?? string.Empty).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            networks.Add(IPNetwork.TryParse(text, out var network)
                ? network
                : throw CliException.WrongUse($"--allowed-networks {Quoted.Value(text)} is not a network. Write 172.16.0.0/12, and commas between several."));
        }

        return networks;
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
