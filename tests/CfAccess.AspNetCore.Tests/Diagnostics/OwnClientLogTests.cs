using CfAccess.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CfAccess.AspNetCore.Tests.Diagnostics;

/// <summary>A failed fetch is one line of the library, not several of the HTTP client with a stack trace.</summary>
public sealed class OwnClientLogTests
{
    private const string Client = "System.Net.Http.HttpClient.";

    [Fact]
    public async Task A_failed_fetch_of_keys_is_one_line_without_a_stack_trace()
    {
        await using var host = await AccessHost.StartAsync();
        host.Endpoint.Fail();

        await host.StatusAsync(host.Minter.MintPerson());

        host.Log.Entries.Where(entry => entry.Category.StartsWith(Client, StringComparison.Ordinal)).ShouldBeEmpty();
        var seen = host.Log.Entries.Where(entry => entry.Level >= LogLevel.Information && entry.Category == "CfAccess.Keys");
        var line = seen.ShouldHaveSingleItem();
        line.Event.ShouldBe("KeysUnavailable");
        line.Exception.ShouldBeNull();
    }

    [Fact]
    public async Task The_clients_of_the_application_keep_their_log()
    {
        await using var host = await AccessHost.StartAsync(build: builder =>
            builder.Services.AddHttpClient("own").ConfigurePrimaryHttpMessageHandler(() => new KeysEndpoint()));
        using var client = host.Services.GetRequiredService<IHttpClientFactory>().CreateClient("own");

        using var response = await client.GetAsync("https://example.com/", TestContext.Current.CancellationToken);

        host.Log.Entries.ShouldContain(entry => entry.Category.StartsWith(Client + "own", StringComparison.Ordinal));
    }
}
