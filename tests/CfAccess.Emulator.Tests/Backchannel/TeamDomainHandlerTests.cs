using System.Net;
using CfAccess.AspNetCore;
using CfAccess.Emulator.Backchannel;

namespace CfAccess.Emulator.Tests.Backchannel;

public sealed class TeamDomainHandlerTests : EmulatorTests
{
    private readonly Network _network = new();
    private readonly HttpMessageInvoker _invoker;

    public TeamDomainHandlerTests() => _invoker = new(new TeamDomainHandler(Emulator, _network));

    [Fact]
    public async Task TheEmulators_own_origin_needs_no_network()
    {
        using var response = await SendAsync(AccessEmulatorDefaults.Issuer + CloudflareAccessDefaults.KeySetPath);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.RequestMessage!.RequestUri!.AbsoluteUri.ShouldBe(AccessEmulatorDefaults.Issuer + CloudflareAccessDefaults.KeySetPath);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain(Emulator.CurrentKeyId);
        _network.Asked.ShouldBe(0);
    }

    [Fact]
    public async Task The_identity_behind_a_token_is_told_too()
    {
        var cookie = $"CF_Authorization={Emulator.LogIn("alice@example.com").Token}";

        using var response = await SendAsync(AccessEmulatorDefaults.Issuer + "/cdn-cgi/access/get-identity", cookie);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("alice@example.com");
    }

    [Theory]
    [InlineData("https://acme.cloudflareaccess.com/cdn-cgi/access/certs")]
    [InlineData("http://emulator.cloudflareaccess.localhost/cdn-cgi/access/certs")]
    [InlineData("https://emulator.cloudflareaccess.localhost:444/cdn-cgi/access/certs")]
    [InlineData("https://emulator.cloudflareaccess.localhost.evil.example/cdn-cgi/access/certs")]
    public async Task Any_other_origin_goes_to_the_network(string address)
    {
        using var response = await SendAsync(address);

        response.StatusCode.ShouldBe(HttpStatusCode.Gone);
        _network.Asked.ShouldBe(1);
    }

    [Fact]
    public async Task What_the_team_domain_does_not_have_is_not_found()
    {
        using var response = await SendAsync(AccessEmulatorDefaults.Issuer + "/");

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task<HttpResponseMessage> SendAsync(string address, string? cookie = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        return await _invoker.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private sealed class Network : HttpMessageHandler
    {
        public int Asked { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked++;
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.Gone));
        }
    }
}
