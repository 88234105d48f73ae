using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace CfAccess.ApiShield.Rules;

/// <summary>Answers 403 with problem details (RFC 9457).</summary>
internal static class Refusal
{
    private const string Type = "https://tools.ietf.org/html/rfc9110#section-15.5.4";
    private const string Title = "Forbidden";
    private const string ContentType = "application/problem+json";
    private const string Silent = "This request does not meet the rules of the API.";

    /// <param name="context">The request.</param>
    /// <param name="facts">What the caller is told of; null for nothing.</param>
    public static async Task WriteAsync(HttpContext context, RequestFacts? facts)
    {
        var detail = facts is null ? Silent : Describe(facts);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        context.Response.Headers.CacheControl = CacheControlHeaderValue.NoStoreString;
        if (context.RequestServices.GetService<IProblemDetailsService>() is { } service)
        {
            var problem = new ProblemDetails { Type = Type, Title = Title, Status = StatusCodes.Status403Forbidden, Detail = detail };
            if (await service.TryWriteAsync(new ProblemDetailsContext { HttpContext = context, ProblemDetails = problem }).ConfigureAwait(false))
            {
                return;
            }
        }

        var body = Encoding.UTF8.GetBytes($$"""{"type":"{{Type}}","title":"{{Title}}","status":403,"detail":"{{detail}}"}""");
        context.Response.ContentType = ContentType;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>Nothing but ids of the documents, which are UUIDs, and our own words: it needs no escapes.</summary>
    private static string Describe(RequestFacts facts) => facts.Judgement switch
    {
        { Outcome: ApiShieldOutcome.BlockedUnknownHost } => "No operation of the API has this host.",
        { Outcome: ApiShieldOutcome.BlockedUnknownOperation } => "No operation of the API has this method and path.",
        { Outcome: ApiShieldOutcome.BlockedAmbiguousPath } => "The path can be read in too many ways.",
        var judgement => $"This request does not satisfy rule {judgement.Rule!.Document.Id}. Tokens: {facts.VerdictWords()}.",
    };
}
