using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace CfAccess.Emulator.ApiShield.Tests.Setup;

/// <summary>The API of the emulator on its own, over a real socket; and the options.</summary>
public sealed class ShieldHostTests
{
    [Fact]
    public async Task It_has_the_API_without_being_asked_and_tells_how_to_call_it()
    {
        using var output = new StringWriter();
        await using var host = await StartAsync(options => options.Output = output);
        using var client = new HttpClient { BaseAddress = host.Address };
        var zone = new ShieldZone(client, host.Emulator.MintSecret);
        var configuration = await zone.ConfigureAsync();
        await zone.AddOperationAsync();
        await zone.AddRuleAsync(ShieldPapers.Rule(configuration));

        var asked = await zone.PostAsync("token_validation/evaluate", new JsonObject { ["method"] = "GET", ["url"] = "https://api.example.com/accounts/1" });

        asked.Good().Result["verdict"]!.GetValue<string>().ShouldBe("block");
        output.ToString().ShouldContain($"export CLOUDFLARE_API_TOKEN={host.Emulator.MintSecret}");
        output.ToString().ShouldContain("/client/v4/zones/00000000000000000000000000000000");
        (await client.GetStringAsync("/cdn-cgi/access/emulator", TestContext.Current.CancellationToken)).ShouldContain("1. A valid token");
    }

    [Fact]
    public async Task A_body_that_is_too_long_or_breaks_off_is_refused_there_too()
    {
        await using var host = await StartAsync();
        using var client = new HttpClient { BaseAddress = host.Address };
        var zone = new ShieldZone(client, host.Emulator.MintSecret);

        (await zone.SendAsync("POST", "token_validation/rules", new string(' ', (1024 * 1024) + 1))).Bad(HttpStatusCode.RequestEntityTooLarge);
        (await zone.SendAsync("POST", "token_validation/rules", new string(' ', 1024 * 1024))).Bad();
    }

    [Fact]
    public async Task It_can_be_turned_off_there()
    {
        await using var host = await StartAsync(shield: shield => shield.Enabled = false);
        using var client = new HttpClient { BaseAddress = host.Address };

        (await client.GetAsync(ShieldZone.Root + "token_validation/rules", TestContext.Current.CancellationToken)).Content.Headers.ContentType!.MediaType
            .ShouldBe("text/html");
    }

    [Fact]
    public async Task Settings_come_from_configuration()
    {
        var folder = Directory.CreateTempSubdirectory("shield-");
        try
        {
            var file = Path.Combine(folder.FullName, "shield.json");
            var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("CloudflareAccess:Emulator:ApiShield:File", file)]).Build();
            await using var host = await AccessEmulatorHost.StartAsync(
                options => options.AddApiShield(),
                address: "http://127.0.0.1:0", configuration: configuration, cancellationToken: TestContext.Current.CancellationToken);
            using var client = new HttpClient { BaseAddress = host.Address };
            await new ShieldZone(client, host.Emulator.MintSecret).AddOperationAsync();

            File.Exists(file).ShouldBeTrue();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData(true, false, null, "ApiShield:Enabled needs Edge")]
    [InlineData(false, true, "x.json", "ApiShield:File is set, but ApiShield:Enabled is not")]
    [InlineData(true, true, " ", "ApiShield:File has to be the path of a file")]
    public void Options_that_contradict_each_other_are_told(bool enabled, bool edge, string? file, string told) =>
        Should.Throw<OptionsValidationException>(() => new AccessEmulator(
                new AccessEmulatorOptions { Edge = edge }.AddApiShield(shield => (shield.Enabled, shield.File) = (enabled, file))))
            .Message.ShouldContain(told);

    private static Task<AccessEmulatorHost> StartAsync(
        Action<AccessEmulatorOptions>? configure = null, Action<AccessEmulatorApiShieldOptions>? shield = null) =>
        AccessEmulatorHost.StartAsync(configure + (options => options.AddApiShield(shield)), "http://127.0.0.1:0", cancellationToken: TestContext.Current.CancellationToken);
}
