using CfAccess.AspNetCore;

namespace CfAccess.Testing;

/// <summary>The team and application that tests protect.</summary>
public static class TestTeam
{
    public const string Issuer = "https://acme.cloudflareaccess.com";
    public const string Audience = "4714c1358e65fe4b408ad6d432a5f878f08194bdb4752441fd56faefa9b2b6f2";
    public const string OtherAudience = "32eafc7626e737863a6c1cdb5e4d4f2d9e4b2c4e3dbee3ab1e26b3b5d54b4ac7";
    public const string Email = "alice@example.com";
    public const string Nonce = "6ei69kawdKzMIAPF";
    public const string Subject = "7335d417-61da-459d-899c-0a01c76a2f94";
    public const string ClientId = "c9bbbfb4f0d4a7d4b7c3b0e1f2a3d4c5.access";

    /// <summary>A group that an administrator of a team gave people.</summary>
    public const string Group = "platform";

    /// <summary>Another team, that some tests trust too.</summary>
    public const string PartnerIssuer = "https://partner.cloudflareaccess.com";
    public const string PartnerAudience = "9b1deb4d3b7d4bad9bdd2b0d7b3dcb6d1f0e2a4c6b8d0f1e3a5c7b9d1f3e5a70";

    public static readonly Uri CertsUrl = new(Issuer + "/cdn-cgi/access/certs");
    public static readonly Uri PartnerCertsUrl = new(PartnerIssuer + "/cdn-cgi/access/certs");

    /// <summary>Configures a scheme for the team's application. The first token that needs the keys fetches them.</summary>
    public static void Trust(CloudflareAccessOptions options)
    {
        options.TeamDomain = "acme";
        options.Audiences = [Audience];
        options.Keys.Prewarm = CloudflareAccessPrewarm.Off;
    }
}
