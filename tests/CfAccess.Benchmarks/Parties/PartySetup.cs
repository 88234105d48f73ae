using CfAccess.AspNetCore;
using CfAccess.Testing;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.Benchmarks.Parties;

/// <summary>Sets every party up for the same team.</summary>
internal static class PartySetup
{
    private const string Bearer = "Bearer ";

    public static void AddParty(
        this IServiceCollection services,
        Party party,
        string issuer,
        IEnumerable<SecurityKey> keys,
        Action<CloudflareAccessOptions>? configure = null)
    {
        switch (party)
        {
            case Party.CfAccess:
            case Party.CfAccessUncached:
                services.AddCloudflareAccess(options =>
                {
                    options.TeamDomain = issuer;
                    options.Audiences = [TestTeam.Audience];
                    options.TokenCache.Enabled = party == Party.CfAccess;
                    configure?.Invoke(options);
                });
                break;
            case Party.JwtBearer:
                services.AddAuthorization();
                services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(options => Configure(options, issuer, keys));
                break;
            case Party.Constant:
                services.AddAuthorization();
                services.AddAuthentication(ConstantHandler.Name)
                    .AddScheme<AuthenticationSchemeOptions, ConstantHandler>(ConstantHandler.Name, null);
                break;
            default:
                services.AddAuthorization();
                break;
        }
    }

    /// <summary>The request header in which a party wants the token.</summary>
    public static (string Name, string Value) HeaderOf(Party party, string token) => party == Party.JwtBearer
        ? ("Authorization", Bearer + token)
        : (CloudflareAccessDefaults.AssertionHeader, token);

    private static void Configure(JwtBearerOptions options, string issuer, IEnumerable<SecurityKey> keys)
    {
        options.MapInboundClaims = false;
        options.TokenValidationParameters = new TokenValidationParameters
        {
            ValidIssuer = issuer,
            ValidAudience = TestTeam.Audience,
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            IssuerSigningKeys = [.. keys],
            ClockSkew = TimeSpan.FromSeconds(60),
            NameClaimType = "email",
            RoleClaimType = "groups",
        };
    }
}
