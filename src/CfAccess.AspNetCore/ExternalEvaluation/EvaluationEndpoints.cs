using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace CfAccess.AspNetCore.ExternalEvaluation;

/// <summary>What the two paths answer. A refusal tells its kind; why, only the log tells.</summary>
internal sealed class EvaluationEndpoints(Evaluator evaluator, EvaluationDecision decision)
{
    private const string Json = "application/json";

    public async Task EvaluateAsync(HttpContext context)
    {
        var (token, refusal) = await evaluator.AnswerAsync(context.Request, decision).ConfigureAwait(false);
        if (token is null)
        {
            await RefuseAsync(context, refusal).ConfigureAwait(false);
            return;
        }

        // Of three segments of base64url, which JSON needs not escape.
        context.Response.Headers.CacheControl = CacheControlHeaderValue.NoStoreString;
        await SendAsync(context, StatusCodes.Status200OK, $$"""{"token":"{{token}}"}""").ConfigureAwait(false);
    }

    public async Task KeysAsync(HttpContext context)
    {
        if (await evaluator.JwksAsync(context.RequestAborted).ConfigureAwait(false) is not { } jwks)
        {
            await RefuseAsync(context, EvaluationRefusal.NoSigningKey).ConfigureAwait(false);
            return;
        }

        context.Response.Headers.CacheControl =
            $"public, max-age={((long)evaluator.Keys.Kept.TotalSeconds).ToString(CultureInfo.InvariantCulture)}";
        await SendAsync(context, StatusCodes.Status200OK, jwks).ConfigureAwait(false);
    }

    private static Task RefuseAsync(HttpContext context, EvaluationRefusal refusal)
    {
        context.Response.Headers.CacheControl = CacheControlHeaderValue.NoStoreString;
        if (refusal.RetryAfter is { } retryAfter)
        {
            context.Response.Headers.RetryAfter = ((long)Math.Ceiling(retryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        return SendAsync(context, refusal.Status, $$"""{"error":"{{KindOf(refusal.Status)}}"}""");
    }

    private static string KindOf(int status) => status switch
    {
        StatusCodes.Status413PayloadTooLarge => "too_large",
        StatusCodes.Status415UnsupportedMediaType => "unsupported_media_type",
        StatusCodes.Status503ServiceUnavailable => "unavailable",
        _ => "refused",
    };

    private static Task SendAsync(HttpContext context, int status, string json) =>
        SendAsync(context, status, Encoding.UTF8.GetBytes(json));

    private static Task SendAsync(HttpContext context, int status, byte[] json)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = Json;
        context.Response.ContentLength = json.Length;
        return context.Response.Body.WriteAsync(json, context.RequestAborted).AsTask();
    }
}
