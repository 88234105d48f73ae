using System.Net;
using CfAccess.AspNetCore;
using CfAccess.Emulator;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.EndToEnd.Tests.Samples;

/// <summary>The sample under <see cref="WebApplicationFactory{TEntryPoint}"/>, as its own tests would have it.</summary>
public sealed class SampleFactoryTests : IClassFixture<SampleFactoryTests.Factory>
{
    private readonly Factory _factory;
    private readonly AccessEmulator _emulator;

    public SampleFactoryTests(Factory factory)
    {
        _factory = factory;
        _emulator = factory.Services.GetRequiredService<AccessEmulator>();
    }

    [Theory]
    [InlineData("/me", HttpStatusCode.OK, HttpStatusCode.OK)]
    [InlineData("/admin", HttpStatusCode.OK, HttpStatusCode.Forbidden)]
    [InlineData("/robots", HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    [InlineData("/whoami", HttpStatusCode.OK, HttpStatusCode.OK)]
    public async Task Alice_and_bob_may_do_what_is_theirs(string path, HttpStatusCode alice, HttpStatusCode bob)
    {
        (await StatusAsync(path, _emulator.LogIn("alice@example.com").Token)).ShouldBe(alice);
        (await StatusAsync(path, _emulator.LogIn("bob@example.com").Token)).ShouldBe(bob);
        (await StatusAsync(path, token: null)).ShouldBe(path == "/whoami" ? HttpStatusCode.OK : HttpStatusCode.Found);
    }

    [Fact]
    public async Task A_key_rotation_passes_unnoticed()
    {
        var alice = _emulator.LogIn("alice@example.com").Token;
        (await StatusAsync("/me", alice)).ShouldBe(HttpStatusCode.OK);
        _emulator.RotateKey();

        (await StatusAsync("/me", alice)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync("/me", _emulator.LogIn("bob@example.com").Token)).ShouldBe(HttpStatusCode.OK);
    }

    private async Task<HttpStatusCode> StatusAsync(string path, string? token)
    {
        using var client = _factory.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = false });
        if (token is not null)
        {
            client.DefaultRequestHeaders.Add("Cookie", $"{CloudflareAccessDefaults.AuthorizationCookie}={token}");
        }

        using var response = await client.GetAsync(path);
        return response.StatusCode;
    }

    public sealed class Factory : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder) => builder.UseEnvironment("Development");
    }
}
