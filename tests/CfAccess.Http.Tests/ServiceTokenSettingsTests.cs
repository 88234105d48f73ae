using CfAccess.Shared.Http;
using CfAccess.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CfAccess.Http.Tests;

/// <summary>A service token that stands in no code: the one in force goes along, and without a whole one nothing is sent.</summary>
public sealed class ServiceTokenSettingsTests
{
    private const string Id = "c9bbbfb4f0d4a7d4b7c3b0e1f2a3d4c5.access";
    private const string Secret = "sentinel-of-a-client-secret";

    [Fact]
    public async Task It_is_read_from_the_configuration()
    {
        await using var other = await OtherApp.StartAsync();
        using var log = new LogCollector();
        using var host = Host(other, log: log);
        await host.StartAsync();

        await CallAsync(host);

        other.Received.ShouldHaveSingleItem().ShouldBe(("GET", "/", Id, Secret, null, null));
        log.Entries.ShouldNotBeEmpty();
        log.Entries.ShouldNotContain(entry => entry.Message.Contains(Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_rotated_secret_counts_from_the_next_request_on()
    {
        await using var other = await OtherApp.StartAsync();
        using var host = Host(other);
        await host.StartAsync();
        var client = Client(host);

        await CallAsync(client);
        Set(host, "Warehouse:ClientSecret", "the-new-secret");
        await CallAsync(client);

        other.Received.Select(received => received.Secret).ShouldBe([Secret, "the-new-secret"]);
    }

    [Theory]
    [InlineData("ClientId", null)]
    [InlineData("ClientId", "")]
    [InlineData("ClientId", "é")]
    [InlineData("ClientSecret", null)]
    [InlineData("ClientSecret", " ")]
    [InlineData("ClientSecret", "two\nlines")]
    [InlineData("ClientSecret", "blank at the end ")]
    public async Task What_is_missing_or_broken_stops_the_start_and_every_call(string member, string? value)
    {
        await using var other = await OtherApp.StartAsync();
        using var host = Host(other);
        Set(host, $"Warehouse:{member}", value);

        var atStart = await Should.ThrowAsync<InvalidOperationException>(() => host.StartAsync());
        var atCall = await Should.ThrowAsync<InvalidOperationException>(() => CallAsync(host));

        atStart.Message.ShouldStartWith($"HTTP client 'other' calls with a service token, but Warehouse:{member} ");
        atStart.Message.ShouldNotContain(Secret);
        atStart.Message.ShouldNotContain("two");
        atCall.Message.ShouldBe(atStart.Message);
        other.Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_secret_that_goes_missing_later_lets_no_call_out()
    {
        await using var other = await OtherApp.StartAsync();
        using var host = Host(other);
        await host.StartAsync();
        await CallAsync(host);

        Set(host, "Warehouse:ClientSecret", null);

        (await Should.ThrowAsync<InvalidOperationException>(() => CallAsync(host))).Message.ShouldContain("Warehouse:ClientSecret is missing or empty");
        other.Received.Count.ShouldBe(1);
    }

    [Fact]
    public async Task It_comes_from_services_for_each_request()
    {
        await using var other = await OtherApp.StartAsync();
        using var host = Host(other, (client, _) => client.AddCloudflareAccessServiceToken((services, token) =>
        {
            token.ClientId = Id;
            token.ClientSecret = services.GetRequiredService<Vault>().Next();
        }));
        await host.StartAsync();

        await CallAsync(host);
        await CallAsync(host);

        // The first was asked for at the start.
        other.Received.Select(received => received.Secret).ShouldBe(["secret-2", "secret-3"]);
    }

    [Fact]
    public async Task A_delegate_that_leaves_the_secret_out_stops_the_start()
    {
        await using var other = await OtherApp.StartAsync();
        using var host = Host(other, (client, _) => client.AddCloudflareAccessServiceToken((_, token) => token.ClientId = Id));

        (await Should.ThrowAsync<InvalidOperationException>(() => host.StartAsync())).Message.ShouldStartWith(
            "HTTP client 'other' calls with a service token, but the delegate that AddCloudflareAccessServiceToken was given sets a ClientSecret "
            + "that is missing or empty.");
    }

    [Fact]
    public async Task Origins_can_be_named_beside_it()
    {
        await using var other = await OtherApp.StartAsync();
        await using var second = await OtherApp.StartAsync();
        var origin = second.Address.GetLeftPart(UriPartial.Authority);
        using var host = Host(other, (client, section) => client.AddCloudflareAccessServiceToken(section, origin));

        await CallAsync(Client(host), second.Address);

        second.Received.ShouldHaveSingleItem().Secret.ShouldBe(Secret);
    }

    private static HttpClient Client(IHost host) => host.Services.GetRequiredService<IHttpClientFactory>().CreateClient("other");

    private static Task CallAsync(IHost host) => CallAsync(Client(host));

    private static async Task CallAsync(HttpClient client, Uri? uri = null)
    {
        using var response = await client.GetAsync(uri ?? new Uri("/", UriKind.Relative));
        response.IsSuccessStatusCode.ShouldBeTrue();
    }

    private static void Set(IHost host, string key, string? value) => host.Services.GetRequiredService<IConfiguration>()[key] = value;

    private static IHost Host(OtherApp other, Action<IHttpClientBuilder, IConfigurationSection>? add = null, LogCollector? log = null)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.ConfigureContainer(new DefaultServiceProviderFactory(new ServiceProviderOptions { ValidateScopes = true }));
        builder.Configuration.AddInMemoryCollection(
        [
            new("Warehouse:Url", "https://warehouse.example.com"),
            new("Warehouse:ClientId", Id),
            new("Warehouse:ClientSecret", Secret),
        ]);
        if (log is not null)
        {
            builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log);
        }

        builder.Services.AddScoped<Vault>();
        var section = builder.Configuration.GetSection("Warehouse");
        var client = builder.Services.AddHttpClient("other", client => client.BaseAddress = other.Address);
        client.RedactLoggedHeaders(_ => false);
        (add ?? ((one, from) => one.AddCloudflareAccessServiceToken(from)))(client, section);
        builder.Services.AddSingleton<Count>();
        return builder.Build();
    }

    private sealed class Count
    {
        private int _count;

        public int Next() => Interlocked.Increment(ref _count);
    }

    /// <summary>Scoped, so that asking the root for it fails.</summary>
    private sealed class Vault(Count count)
    {
        public string Next() => $"secret-{count.Next()}";
    }
}
