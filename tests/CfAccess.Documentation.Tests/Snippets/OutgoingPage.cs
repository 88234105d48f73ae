using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.Documentation.Tests.Snippets;

/// <summary>What the page on outgoing calls shows beside its main code.</summary>
internal static class OutgoingPage
{
    public static void FromVault(IHttpClientBuilder client) => client
        .AddCloudflareAccessServiceToken((services, token) =>
        {
            (token.ClientId, token.ClientSecret) = services.GetRequiredService<Vault>().Current;
        });

    internal sealed record Vault((string ClientId, string ClientSecret) Current);
}
