using CfAccess.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CfAccess.Documentation.Tests.Snippets;

/// <summary>Code of the page on outgoing calls, and of the README of CfAccess.Http.</summary>
internal static class OutgoingPage
{
    public static void FromVault(IHttpClientBuilder client) => client
        .AddCloudflareAccessServiceToken((services, token) =>
        {
            (token.ClientId, token.ClientSecret) = services.GetRequiredService<Vault>().Current;
        });

    public static void AnotherCredential(WebApplicationBuilder builder)
    {
        builder.Services.AddHttpClient("archive", client => client.BaseAddress = new Uri("https://archive.example.com"))
            .AddCloudflareAccessCredential(["Cf-Access-Token"], services => services.GetRequiredService<ArchiveCredential>());
    }

    public static void Worker(HostApplicationBuilder builder)
    {
        builder.Services
            .AddHttpClient("warehouse", client => client.BaseAddress = new Uri("https://warehouse.example.com"))
            .AddCloudflareAccessServiceToken(builder.Configuration.GetSection("Warehouse"));
    }

    internal sealed record Vault((string ClientId, string ClientSecret) Current);

    internal sealed class ArchiveCredential : CloudflareAccessCredential
    {
        public override IEnumerable<KeyValuePair<string, string>> GetHeaders() => [new("Cf-Access-Token", "kept elsewhere")];
    }
}
