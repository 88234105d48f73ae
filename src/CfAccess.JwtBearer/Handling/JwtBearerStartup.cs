using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CfAccess.JwtBearer.Handling;

/// <summary>Stops the start of an application whose JwtBearer scheme would bypass CfAccess.</summary>
internal sealed class JwtBearerStartup(string bearerScheme, IAuthenticationSchemeProvider schemes, IOptionsMonitor<JwtBearerOptions> options) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var scheme = await schemes.GetSchemeAsync(bearerScheme).ConfigureAwait(false);
        if (scheme is null || !typeof(JwtBearerHandler).IsAssignableFrom(scheme.HandlerType))
        {
            throw new InvalidOperationException(
                $"AddCloudflareAccessJwtBearer needs the JwtBearer scheme '{bearerScheme}', which does not exist. Call AddJwtBearer(\"{bearerScheme}\").");
        }

        if (FindProblem(options.Get(bearerScheme)) is { } problem)
        {
            throw new InvalidOperationException($"The JwtBearer scheme '{bearerScheme}' would not validate tokens with CfAccess: {problem}");
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static string? FindProblem(JwtBearerOptions bearer) => bearer switch
    {
        { EventsType: not null } => "EventsType replaces its events. Set Events instead, for example to an object of that type.",
        { UseSecurityTokenValidators: true } => "UseSecurityTokenValidators ignores token handlers. Remove it.",
        _ when bearer.Events is not AccessBearerEvents => "Events was replaced after AddCloudflareAccessJwtBearer. Set Events in AddJwtBearer instead.",
        { ForwardAuthenticate: not null } or { ForwardDefault: not null } => "ForwardAuthenticate and ForwardDefault authenticate with another scheme. Remove them.",
        _ when bearer.TokenHandlers is not [AccessTokenHandler, ..] || !bearer.TokenHandlers.Skip(1).All(handler => handler is OtherTokenHandler) =>
            "TokenHandlers was changed after AddCloudflareAccessJwtBearer. Change TokenHandlers in AddJwtBearer instead.",
        _ => null,
    };
}
