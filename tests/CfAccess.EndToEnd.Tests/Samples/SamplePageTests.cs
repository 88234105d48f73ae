using System.Net;
using CfAccess.Testing;

namespace CfAccess.EndToEnd.Tests.Samples;

/// <summary>What a browser shows of the samples is a page of the sample, not an error page of the browser.</summary>
public sealed class SamplePageTests
{
    [Theory]
    [InlineData("MinimalApi", "/admin", "bob@example.com", HttpStatusCode.Forbidden)]
    [InlineData("Mvc", "/admin", "bob@example.com", HttpStatusCode.Forbidden)]
    [InlineData("ApiShield", "/nowhere", null, HttpStatusCode.NotFound)]
    [InlineData("SignalR", "/nowhere", null, HttpStatusCode.NotFound)]
    public async Task A_response_that_rejects_the_caller_has_a_body(string name, string path, string? email, HttpStatusCode status)
    {
        await using var sample = await StartAsync(name);
        using var client = new HttpClient { BaseAddress = sample.Address };
        if (email is not null)
        {
            await sample.PrintedAsync("/cdn-cgi/access/emulator/token");
            var mint = Packages.PrintedCommand.Parse(sample.Output)[^1];
            using var minted = await (mint with { Body = $$"""{"email": "{{email}}"}""" }).SendAsync(client);
            var token = await minted.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            client.DefaultRequestHeaders.Add("Cookie", $"CF_Authorization={token.Trim()}");
        }

        using var response = await client.GetAsync(path, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(status);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("MinimalApi")]
    [InlineData("Mvc")]
    [InlineData("ApiShield")]
    [InlineData("SignalR")]
    public async Task A_request_for_an_icon_is_no_error(string name)
    {
        await using var sample = await StartAsync(name);
        using var client = new HttpClient { BaseAddress = sample.Address };

        using var response = await client.GetAsync("/favicon.ico", TestContext.Current.CancellationToken);

        response.IsSuccessStatusCode.ShouldBeTrue();
    }

    private static Task<SampleProcess> StartAsync(string name) => SampleProcess.StartAsync(
        name, "Development", ("ASPNETCORE_CONTENTROOT", RepositoryFile.Find($"samples/{name}")));
}
