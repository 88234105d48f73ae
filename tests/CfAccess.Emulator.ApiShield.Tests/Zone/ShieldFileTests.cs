using System.Net;
using System.Text.Json.Nodes;
using CfAccess.Emulator.ApiShield.Zone;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CfAccess.Emulator.ApiShield.Tests.Zone;

/// <summary>What is saved is there after a restart, whole; and what could not be saved is not in force.</summary>
public sealed class ShieldFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("shield-").FullName;

    private string Path => System.IO.Path.Combine(_folder, "shield.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_restart_finds_all_that_was_saved_and_enforces_it()
    {
        string before;
        await using (var app = await StartAsync())
        {
            await app.Zone.AddOperationAsync();
            var configuration = await app.Zone.ConfigureAsync(ShieldPapers.SecretKey(), ShieldPapers.RsaKey());
            foreach (var title in new[] { "one", "two", "three" })
            {
                await app.Zone.AddRuleAsync(ShieldPapers.Rule(configuration, title));
            }

            before = await app.Zone.AllAsync();
        }

        await using var again = await StartAsync();

        (await again.Zone.AllAsync()).ShouldBe(before);
        (await again.CallAsync()).ShouldBe(HttpStatusCode.Forbidden);
        (await again.CallAsync(ShieldPapers.SecretToken())).ShouldBe(HttpStatusCode.OK, "the secret was kept");
        (await again.CallAsync(ShieldPapers.RsaToken(again.Clock))).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Only_the_owner_may_read_it_and_it_is_fit_to_be_committed()
    {
        await using var app = await StartAsync();
        await app.ProtectAsync();

        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        var text = await File.ReadAllTextAsync(Path, TestContext.Current.CancellationToken);
        text.ShouldEndWith("}\n");
        text.Split('\n').ShouldAllBe(line => line.Length < 500, "a change is a change of few lines");
        JsonNode.Parse(text)!.AsObject().Select(member => member.Key).ShouldBe(["configurations", "rules", "operations"]);
    }

    [Fact]
    public void A_crash_in_the_middle_of_a_write_leaves_the_old_file()
    {
        AtomicFile.Replace(Path, stream => stream.Write("old"u8));

        Should.Throw<InvalidOperationException>(() => AtomicFile.Replace(Path, stream =>
        {
            stream.Write("ne"u8);
            stream.Flush();
            throw new InvalidOperationException("The machine stops here.");
        }));

        File.ReadAllText(Path).ShouldBe("old");
        File.Exists(Path + ".tmp").ShouldBeTrue("what the crash left behind");
        AtomicFile.Replace(Path, stream => stream.Write("new"u8));
        File.ReadAllText(Path).ShouldBe("new");
        Directory.GetFiles(_folder).ShouldBe([Path]);
    }

    [Fact]
    public async Task Whoever_reads_the_file_meanwhile_sees_a_whole_one()
    {
        await using var app = await StartAsync();
        var configuration = await app.Zone.ConfigureAsync();
        using var done = new CancellationTokenSource();
        var reader = Task.Run(async () =>
        {
            var count = 0;
            while (!done.IsCancellationRequested || count == 0)
            {
                JsonNode.Parse(await File.ReadAllBytesAsync(Path))!["configurations"]!.AsArray().Count.ShouldBe(1);
                count++;
            }

            return count;
        });
        foreach (var number in Enumerable.Range(0, 40))
        {
            await app.Zone.AddRuleAsync(ShieldPapers.Rule(configuration, $"{number}"));
        }

        await done.CancelAsync();
        (await reader).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task What_cannot_be_saved_is_refused_and_not_in_force()
    {
        await using var app = await StartAsync();
        await app.ProtectAsync();
        var before = await app.Zone.AllAsync();

        // Where the new file would be written first there is a folder, for the owner and for root alike.
        Directory.CreateDirectory(Path + ".tmp");
        var refused = (await app.Zone.PostAsync("api_gateway/operations/item", ShieldPapers.Operation(endpoint: "/new"))).Bad(HttpStatusCode.InternalServerError);

        refused.Text.ShouldContain("could not be written");
        refused.Text.ShouldNotContain(_folder);
        (await app.Zone.AllAsync()).ShouldBe(before);
        Directory.Delete(Path + ".tmp");
        await app.Zone.AddOperationAsync(endpoint: "/new");
    }

    [Fact]
    public async Task A_file_that_somebody_else_changed_is_not_overwritten()
    {
        await using var app = await StartAsync();
        await app.ProtectAsync();
        var other = (await File.ReadAllTextAsync(Path, TestContext.Current.CancellationToken)).Replace("A valid token", "Another title", StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path, other, TestContext.Current.CancellationToken);

        (await app.Zone.PostAsync("api_gateway/operations/item", ShieldPapers.Operation(endpoint: "/new"))).Bad(HttpStatusCode.InternalServerError)
            .Text.ShouldContain("changed by somebody else");

        (await File.ReadAllTextAsync(Path, TestContext.Current.CancellationToken)).ShouldBe(other);
        await using var again = await StartAsync();
        (await again.Zone.RuleTitlesAsync()).ShouldBe(["Another title"]);
    }

    [Fact]
    public async Task A_link_stays_one()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Links need a right there.");
        }

        var target = System.IO.Path.Combine(_folder, "target.json");
        File.CreateSymbolicLink(Path, target);
        await using var app = await StartAsync();
        await app.Zone.AddOperationAsync();

        File.ResolveLinkTarget(Path, returnFinalTarget: true)!.FullName.ShouldBe(target);
        (await File.ReadAllTextAsync(target, TestContext.Current.CancellationToken)).ShouldContain("/accounts/{var1}");
    }

    [Theory]
    [InlineData("", "is no JSON")]
    [InlineData("[]", "has to be an object")]
    [InlineData("{}", "/configurations: is missing")]
    [InlineData("""{ "configurations": [], "rules": [ { "id": "x" } ], "operations": {} }""", "/rules/0/title: is missing")]
    [InlineData("""{ "configurations": [], "rules": [], "operations": {} }""", "/operations: has to be a list")]
    public async Task A_file_that_is_wrong_stops_the_start_and_is_left_as_it_is(string text, string told)
    {
        await File.WriteAllTextAsync(Path, text, TestContext.Current.CancellationToken);

        var failure = Should.Throw<InvalidDataException>(() => new AccessEmulator(OptionsFor(Path)));

        failure.Message.ShouldContain(Path);
        failure.Message.ShouldContain(told);
        (await Should.ThrowAsync<InvalidDataException>(StartAsync)).Message.ShouldBe(failure.Message);
        (await File.ReadAllTextAsync(Path, TestContext.Current.CancellationToken)).ShouldBe(text);
    }

    [Fact]
    public async Task A_relative_path_is_below_the_content_root()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Development", ContentRootPath = _folder });
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.AddCloudflareAccessEmulatorApiShield(shield => shield.File = "shield.json");
        await using var app = builder.Build();
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var client = app.GetTestClient();

        await new ShieldZone(client, app.Services.GetRequiredService<AccessEmulator>().MintSecret).AddOperationAsync();

        File.Exists(Path).ShouldBeTrue();
    }

    [Fact]
    public void A_folder_is_no_file_and_a_file_needs_one()
    {
        Should.Throw<InvalidDataException>(() => new AccessEmulator(OptionsFor(_folder))).Message.ShouldContain(_folder);
        Should.Throw<InvalidDataException>(() => new AccessEmulator(OptionsFor(System.IO.Path.Combine(_folder, "no", "x.json"))));
    }

    private Task<ShieldApp> StartAsync() => ShieldApp.StartAsync(shield => shield.File = Path);

    private static AccessEmulatorOptions OptionsFor(string file) => new AccessEmulatorOptions().AddApiShield(shield => shield.File = file);
}
