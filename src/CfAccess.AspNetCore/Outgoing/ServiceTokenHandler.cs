namespace CfAccess.AspNetCore.Outgoing;

/// <summary>Calls as a service token. Source: Cloudflare One documentation, "Service tokens".</summary>
internal sealed class ServiceTokenHandler(AllowedOrigins origins, Func<(string ClientId, string ClientSecret)> read) : ProvingHandler(
    origins,
    "Add a policy with the action Service Auth that includes this service token (Zero Trust dashboard: Access, Applications, the application, "
    + "Policies), and check that the token has not expired.")
{
    public const string ClientId = "CF-Access-Client-Id";
    public const string ClientSecret = "CF-Access-Client-Secret";

    protected override IEnumerable<(string Name, string Value)> Proof()
    {
        var (id, secret) = read();
        return [(ClientId, id), (ClientSecret, secret)];
    }
}
