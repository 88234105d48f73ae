using CfAccess.AspNetCore;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.JwtBearer.Handling;

/// <summary>Adds the token handler and the events to one JwtBearer scheme, after the application has configured it.</summary>
internal sealed class ConfigureJwtBearer(
    string bearerScheme,
    CloudflareAccessJwtBearerOptions options,
    ICloudflareAccessTokenValidator validator,
    ICloudflareAccessSigningKeys keys,
    IOptionsMonitor<CloudflareAccessOptions> settings) : IPostConfigureOptions<JwtBearerOptions>
{
    public void PostConfigure(string? name, JwtBearerOptions bearer)
    {
        if (name != bearerScheme)
        {
            return;
        }

        var issuers = new TeamIssuers(keys, options.Settings);
        List<TokenHandler> others = options.KeepOtherTokenHandlers ? [.. bearer.TokenHandlers] : [];
        bearer.TokenHandlers.Clear();
        bearer.TokenHandlers.Add(new AccessTokenHandler(validator, issuers, options));
        foreach (var other in others)
        {
            bearer.TokenHandlers.Add(new OtherTokenHandler(other, issuers));
        }

        bearer.Events = new AccessBearerEvents(bearer.Events ?? new JwtBearerEvents(), settings.Get(options.Settings).TokenSources, options.KeepOtherTokenHandlers);
    }
}
