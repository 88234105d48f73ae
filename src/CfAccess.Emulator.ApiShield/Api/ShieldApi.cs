using CfAccess.Emulator.ApiShield.Responses;
using CfAccess.Emulator.ApiShield.Setup;
using CfAccess.Emulator.ApiShield.Zone;
using CfAccess.Emulator.Endpoints;
using CfAccess.Emulator.Setup;
using CfAccess.Shared.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CfAccess.Emulator.ApiShield.Api;

/// <summary>
/// Cloudflare's HTTP API for API Shield's JWT validation, below <see cref="Prefix"/>. Source:
/// https://developers.cloudflare.com/api/resources/token_validation/ and https://developers.cloudflare.com/api-shield/security/jwt-validation/api/.
/// </summary>
internal sealed class ShieldApi(AccessEmulator emulator, ShieldStore store)
{
    public const string Prefix = "/client/v4";

    private readonly ShieldRoutes _routes = new(store, emulator.Clock);

    /// <param name="context">The request.</param>
    /// <param name="route">What follows <see cref="Prefix"/>.</param>
    public async Task AnswerAsync(HttpContext context, PathString route)
    {
        var (answer, body) = await WriteAsync(context, route).ConfigureAwait(false);
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        await context.Response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>A client of Cloudflare's API reads an envelope, also where something went wrong here.</summary>
    private async Task<(ShieldAnswer Answer, ReadOnlyMemory<byte> Body)> WriteAsync(HttpContext context, PathString route)
    {
        try
        {
            var answer = await AnswerOfAsync(context, route).ConfigureAwait(false);
            return (answer, ShieldEnvelope.Write(answer));
        }
        catch (Exception exception) when (!context.RequestAborted.IsCancellationRequested)
        {
            var type = exception.GetType().Name;
            var loggers = context.RequestServices.GetRequiredService<ILoggerFactory>();
            ShieldLog.ShieldFailed(new SafeLogger(loggers.CreateLogger(Log.Category)), type, exception.StackTrace);
            var answer = ShieldAnswer.Refuse(
                StatusCodes.Status500InternalServerError,
                ShieldCodes.Failed,
                $"This is a defect of the emulator: it met {type} where it should not. Please report it.");
            return (answer, ShieldEnvelope.Write(answer));
        }
    }

    private async Task<ShieldAnswer> AnswerOfAsync(HttpContext context, PathString route)
    {
        if (emulator.LocalCallers.Refusal(context) is { } refusal)
        {
            return ShieldAnswer.Refuse(StatusCodes.Status403Forbidden, ShieldCodes.NotLocal, refusal);
        }

        if (!SentSecret.IsIn(context.Request, emulator.MintSecret) && !SentSecret.IsKeyIn(context.Request, emulator.MintSecret))
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return ShieldAnswer.Refuse(
                StatusCodes.Status401Unauthorized,
                ShieldCodes.Unauthorized,
                "Authentication error. Send Authorization: Bearer and the secret that the emulator prints at start; it knows none of Cloudflare's.");
        }

        if (_routes.Find(route) is not { } found)
        {
            return ShieldAnswer.NoRoute();
        }

        if (found.Find(context.Request.Method) is not { } method)
        {
            var allowed = string.Join(", ", found.Methods);
            context.Response.Headers.Allow = allowed;
            return ShieldAnswer.Refuse(StatusCodes.Status405MethodNotAllowed, ShieldCodes.NotAllowed, $"This route answers {allowed} only.");
        }

        return await AnswerOfAsync(context, method).ConfigureAwait(false);
    }

    private static async Task<ShieldAnswer> AnswerOfAsync(HttpContext context, ShieldRoute.ShieldMethod method)
    {
        var (query, problem) = ShieldQuery.Read(context.Request.Query, method.IsPaged, method.Filters);
        if (query is null)
        {
            return ShieldAnswer.Refuse(StatusCodes.Status400BadRequest, ShieldCodes.Invalid, problem!);
        }

        if (!method.HasBody)
        {
            return method.Answer(new(default, query));
        }

        var (body, refusal) = await ShieldBody.ReadAsync(context, method.BodyHint).ConfigureAwait(false);
        return refusal ?? method.Answer(new(body, query));
    }
}
