using CfAccess.AspNetCore;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;

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

        if (!options.KeepOtherTokenHandlers)
        {
            bearer.TokenHandlers.Clear();
        }

        bearer.TokenHandlers.Insert(0, new AccessTokenHandler(validator, keys, options));
        bearer.Events = new AccessBearerEvents(bearer.Events, settings.Get(options.Settings).TokenSources, options.KeepOtherTokenHandlers);
    }
}
