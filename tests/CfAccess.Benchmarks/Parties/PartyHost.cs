using CfAccess.AspNetCore;
using CfAccess.Testing;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CfAccess.Benchmarks.Parties;

/// <summary>One party in this process, without a server around it: a request is a context with a header, and its own scope.</summary>
internal sealed class PartyHost : IDisposable
{
    private readonly IHost _app;
    private readonly Party _party;

    private PartyHost(IHost app, Party party) => (_app, _party) = (app, party);

    public IServiceProvider Services => _app.Services;

    /// <summary>Sets a party up, and lets it judge a first token, which brings it its keys.</summary>
    public static PartyHost Start(Party party, Action<CloudflareAccessOptions>? configure = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = "Production" });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddParty(party, TestTeam.Issuer, BenchTeam.SecurityKeys, configure);
        builder.Services.AddEndpoint(CloudflareAccessDefaults.KeysHttpClient, new KeysEndpoint(BenchTeam.Published));
        var host = new PartyHost(builder.Build(), party);
        host.Authenticate(BenchTeam.Person(0));
        return host;
    }

    /// <summary>The request header in which the party wants the token.</summary>
    public (string Name, string Value) HeaderOf(string token) => PartySetup.HeaderOf(_party, token);

    public AuthenticateResult Authenticate(string token)
    {
        var (name, value) = HeaderOf(token);
        return Authenticate(name, value);
    }

    /// <summary>Judges a request with a header that <see cref="HeaderOf"/> made.</summary>
    public AuthenticateResult Authenticate(string name, string value)
    {
        using var scope = _app.Services.CreateScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        context.Request.Headers[name] = value;
        return context.AuthenticateAsync().GetAwaiter().GetResult();
    }

    public void Dispose() => _app.Dispose();
}
