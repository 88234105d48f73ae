using System.Diagnostics.CodeAnalysis;
using CfAccess.AspNetCore;
using CfAccess.AspNetCore.ExternalEvaluation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Answers Cloudflare Access where a policy asks the application who may log in.</summary>
public static class AccessExternalEvaluationEndpointRouteBuilderExtensions
{
    private const string KeysSegment = "/keys";

    /// <summary>
    /// Maps the two URLs of an External Evaluation rule: POST of <paramref name="pattern"/> is its Evaluate URL, GET of <paramref
    /// name="keysPattern"/> its Keys URL. Anybody may call them; a request is answered only if the account's key signed it, it is fresh,
    /// and its nonce is new. Access asks at login only. Source: Cloudflare One documentation, "External Evaluation".
    /// </summary>
    /// <param name="endpoints">The application's routes.</param>
    /// <param name="pattern">The path that Access posts to, such as <c>/evaluate</c>.</param>
    /// <param name="evaluate">
    /// Whether the person may log in. An exception, or no decision within <see cref="CloudflareAccessExternalEvaluationOptions.Timeout"/>,
    /// is a no. The token ends with that time, and where Access goes away.
    /// </param>
    /// <param name="keysPattern">The path that Access takes the keys from. Default: <paramref name="pattern"/> and <c>/keys</c>.</param>
    /// <returns>Both endpoints, to add conventions to.</returns>
    /// <exception cref="InvalidOperationException"><c>AddCloudflareAccessExternalEvaluation</c> was not called.</exception>
    public static IEndpointConventionBuilder MapAccessExternalEvaluation(
        this IEndpointRouteBuilder endpoints,
        [StringSyntax("Route")] string pattern,
        Func<AccessIdentity, CancellationToken, Task<bool>> evaluate,
        [StringSyntax("Route")] string? keysPattern = null)
    {
        ArgumentNullException.ThrowIfNull(evaluate);
        return endpoints.MapAccessExternalEvaluation(pattern, (_, identity, ended) => evaluate(identity, ended), keysPattern);
    }

    /// <summary>Maps the same, for a decision that needs services.</summary>
    /// <param name="endpoints">The application's routes.</param>
    /// <param name="pattern">The path that Access posts to, such as <c>/evaluate</c>.</param>
    /// <param name="evaluate">
    /// Whether the person may log in, with the services of a scope that lasts until it is done. An exception, or no decision within
    /// <see cref="CloudflareAccessExternalEvaluationOptions.Timeout"/>, is a no. The token ends with that time, and where Access goes away.
    /// </param>
    /// <param name="keysPattern">The path that Access takes the keys from. Default: <paramref name="pattern"/> and <c>/keys</c>.</param>
    /// <returns>Both endpoints, to add conventions to.</returns>
    /// <exception cref="InvalidOperationException"><c>AddCloudflareAccessExternalEvaluation</c> was not called.</exception>
    public static IEndpointConventionBuilder MapAccessExternalEvaluation(
        this IEndpointRouteBuilder endpoints,
        [StringSyntax("Route")] string pattern,
        Func<IServiceProvider, AccessIdentity, CancellationToken, Task<bool>> evaluate,
        [StringSyntax("Route")] string? keysPattern = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(evaluate);
        var services = endpoints.ServiceProvider;
        if (services.GetService<IServiceProviderIsService>()?.IsService(typeof(Evaluator)) is not true)
        {
            throw new InvalidOperationException(
                "MapAccessExternalEvaluation needs services that were not added. Call builder.Services.AddCloudflareAccessExternalEvaluation().");
        }

        // The options are not valid before the application starts, so nothing is made of them yet.
        var decision = new EvaluationDecision(services.GetRequiredService<IServiceScopeFactory>(), evaluate);
        var answers = new Lazy<EvaluationEndpoints>(() => new EvaluationEndpoints(services.GetRequiredService<Evaluator>(), decision));
        var both = endpoints.MapGroup(string.Empty);
        RequestDelegate post = context => answers.Value.EvaluateAsync(context);
        RequestDelegate get = context => answers.Value.KeysAsync(context);
        both.MapPost(pattern, post).WithDisplayName("Cloudflare Access External Evaluation");
        both.MapGet(keysPattern ?? pattern.TrimEnd('/') + KeysSegment, get).WithDisplayName("Cloudflare Access External Evaluation: keys");
        return both.AllowAnonymous().ExcludeFromDescription();
    }
}
