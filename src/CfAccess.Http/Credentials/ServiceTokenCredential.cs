namespace CfAccess.Http.Credentials;

/// <summary>Calls with a service token. Source: Cloudflare One documentation, "Service tokens".</summary>
internal sealed class ServiceTokenCredential(Func<(string ClientId, string ClientSecret)> read) : CloudflareAccessCredential
{
    public const string ClientIdHeader = "CF-Access-Client-Id";
    public const string ClientSecretHeader = "CF-Access-Client-Secret";

    public static string[] HeaderNames { get; } = [ClientIdHeader, ClientSecretHeader];

    public override string LoginPageAdvice =>
        "Add a policy with the action Service Auth that includes this service token (Zero Trust dashboard: Access, Applications, the application, "
        + "Policies), and check that the token has not expired.";

    public override void Validate() => read();

    public override IEnumerable<KeyValuePair<string, string>> GetHeaders()
    {
        var (id, secret) = read();
        return [new(ClientIdHeader, id), new(ClientSecretHeader, secret)];
    }
}
