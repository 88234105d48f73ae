using CfAccess.AspNetCore;
using Microsoft.AspNetCore.Authentication.JwtBearer;

namespace CfAccess.JwtBearer;

/// <summary>How a JwtBearer scheme validates tokens of Cloudflare Access.</summary>
public sealed class CloudflareAccessJwtBearerOptions
{
    /// <summary>
    /// The name of the settings that tokens are validated with: team, audiences, groups, and keys from <c>Authentication:Schemes:{name}</c>. Default:
    /// <c>CloudflareAccess</c>.
    /// </summary>
    public string Settings { get; set; } = CloudflareAccessDefaults.AuthenticationScheme;

    /// <summary>
    /// Whether the scheme also accepts tokens of another issuer in the <c>Authorization</c> header, with the <see cref="JwtBearerOptions.TokenHandlers"/> and
    /// the parameters that the application sets. Default: <see langword="false"/>, which removes all other handlers and ignores <c>Authorization</c>.
    /// </summary>
    public bool KeepOtherTokenHandlers { get; set; }
}
