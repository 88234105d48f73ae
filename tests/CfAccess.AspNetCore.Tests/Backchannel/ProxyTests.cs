using System.Net;
using CfAccess.AspNetCore.Keys;
using CfAccess.AspNetCore.Tests.Keys;
using CfAccess.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CfAccess.AspNetCore.Tests.Backchannel;

/// <summary>
/// Plain HTTP is allowed to this machine only, so it must not leave the machine through a proxy. .NET sends requests to loopback addresses to the
/// proxy of HTTP_PROXY too.
/// </summary>
[Collection(nameof(ReplacedDefaultProxy))]
public sealed class ProxyTests : IAsyncLifetime
{
    private readonly IWebProxy _before = HttpClient.DefaultProxy;
    private LoopbackKeysEndpoint _proxy = null!;

    public async ValueTask InitializeAsync()
    {
        _proxy = await LoopbackKeysEndpoint.StartAsync(TestKey.Get("forger"));
        HttpClient.DefaultProxy = new WebProxy(_proxy.Origin);
    }

    public async ValueTask DisposeAsync()
    {
        HttpClient.DefaultProxy = _before;
        await _proxy.DisposeAsync();
    }

    [Fact]
    public async Task Keys_of_a_team_on_this_machine_do_not_come_through_the_proxy()
    {
        await using var rig = await KeyRig.StartAsync();

        (await rig.StatusAsync(KeyRig.Current)).ShouldBe(KeyStatus.Found);
        _proxy.Count.ShouldBe(0);
    }

    [Theory]
    [InlineData("default")]
    [InlineData("sockets")]
    [InlineData("client")]
    public async Task A_service_token_for_this_machine_does_not_go_through_the_proxy(string handler)
    {
        await using var other = await OtherApp.StartAsync();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        var client = builder.Services.AddHttpClient("other", client => client.BaseAddress = other.Address)
            .AddCloudflareAccessServiceToken("id", "secret");
        if (handler != "default")
        {
            client.ConfigurePrimaryHttpMessageHandler(() => handler == "sockets" ? new SocketsHttpHandler() : new HttpClientHandler());
        }

        using var host = builder.Build();
        var calling = host.Services.GetRequiredService<IHttpClientFactory>().CreateClient("other");

        (await calling.GetStringAsync(new Uri("/one", UriKind.Relative), TestContext.Current.CancellationToken)).ShouldBe("reached");
        _proxy.Count.ShouldBe(0);
        other.Received.ShouldHaveSingleItem().Secret.ShouldBe("secret");
    }

    [Fact]
    public async Task Other_hosts_are_still_called_through_the_proxy()
    {
        await using var rig = await KeyRig.StartAsync(url: new Uri("http://team.example/cdn-cgi/access/certs"));

        (await rig.StatusAsync(TestKey.Get("forger"))).ShouldBe(KeyStatus.Found);
        _proxy.Count.ShouldBe(1);
    }
}

/// <summary>The default proxy is one for the process, so nothing else runs meanwhile.</summary>
[CollectionDefinition(nameof(ReplacedDefaultProxy), DisableParallelization = true)]
public sealed class ReplacedDefaultProxy;
