// The emulator on its own, for applications in other languages and in containers. What the emulator knows is set in appsettings.json in the
// folder where it is started, in the environment and on the command line, below CloudflareAccess:Emulator. Who reaches it is set on the command
// line only: --Address and --AllowedNetworks.
using System.Net;
using System.Net.Sockets;
using CfAccess.Emulator;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

try
{
    var commandLine = new ConfigurationBuilder().AddCommandLine(args).Build();
    string[] known = ["Address", "AllowedNetworks", "CloudflareAccess"];
    if (commandLine.GetChildren().FirstOrDefault(one => !known.Contains(one.Key, StringComparer.OrdinalIgnoreCase)) is { } unknown)
    {
        throw new FormatException($"--{unknown.Key} is no setting. Known: --Address, --AllowedNetworks, --CloudflareAccess:Emulator:….");
    }

    var configuration = new ConfigurationBuilder()
        .SetBasePath(Environment.CurrentDirectory)
        .AddJsonFile("appsettings.json", optional: true)
        .AddEnvironmentVariables()
        .AddCommandLine(args)
        .Build();
    await using var host = await AccessEmulatorHost.StartAsync(
        options =>
        {
            options.Output = Console.Out;
            options.AddApiShield();
            foreach (var network in (commandLine["AllowedNetworks"] ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries))
            {
                options.AllowedNetworks.Add(IPNetwork.TryParse(network, out var one)
                    ? one
                    : throw new FormatException($"{network} is no network. Write --AllowedNetworks 172.17.0.0/16, several with commas between them."));
            }
        },
        commandLine["Address"] ?? AccessEmulatorDefaults.HostAddress,
        configuration);
    await host.WaitForShutdownAsync();
    return 0;
}
catch (Exception exception) when (exception is OptionsValidationException or FormatException or InvalidDataException or ArgumentException
    or InvalidOperationException or IOException or SocketException)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
