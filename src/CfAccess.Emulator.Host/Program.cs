// The emulator on its own, for applications in other languages and in containers. Settings come from appsettings.json in the folder where it
// is started, from the environment and from the command line: --Address and --AllowedNetworks are its own, and what else the emulator knows
// stands below CloudflareAccess:Emulator.
using System.Net;
using CfAccess.Emulator;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

var configuration = new ConfigurationBuilder()
    .SetBasePath(Environment.CurrentDirectory)
    .AddJsonFile("appsettings.json", optional: true)
    .AddEnvironmentVariables()
    .AddCommandLine(args)
    .Build();

IReadOnlyList<IPNetwork> networks;
try
{
    networks = [.. (configuration["AllowedNetworks"] ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries).Select(IPNetwork.Parse)];
}
catch (FormatException)
{
    await Console.Error.WriteLineAsync("AllowedNetworks has to be networks with commas between them, such as 172.17.0.0/16,10.0.0.0/8.");
    return 1;
}

try
{
    await using var host = await AccessEmulatorHost.StartAsync(
        options =>
        {
            options.Output = Console.Out;
            foreach (var network in networks)
            {
                options.AllowedNetworks.Add(network);
            }
        },
        configuration["Address"] ?? AccessEmulatorDefaults.HostAddress,
        configuration);
    await host.WaitForShutdownAsync();
    return 0;
}
catch (Exception exception) when (exception is OptionsValidationException or IOException or FormatException)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
