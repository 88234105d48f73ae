using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.AspNetCore.Answers;

/// <summary>The problem details that an answer of the scheme is given, if nobody else writes a body.</summary>
internal sealed class ProblemAnswer
{
    private readonly int _status;
    private readonly string? _detail;

    private ProblemAnswer(int status, string? detail) => (_status, _detail) = (status, detail);

    /// <summary>
    /// Remembers the answer until the application is done. Written at once, it would start the response, and the next scheme of the same
    /// policy could answer only with an exception.
    /// </summary>
    public static void Announce(HttpContext context, int status, string? detail)
    {
        if (context.RequestServices.GetService<IProblemDetailsService>() is not null)
        {
            context.Features.Set(new ProblemAnswer(status, detail));
        }
    }

    /// <summary>Writes what was announced, unless the application has answered in its own way.</summary>
    public static Task WriteAsync(HttpContext context, IProblemDetailsService problems) =>
        context.Features.Get<ProblemAnswer>() is { } answer && answer.IsStillTheAnswer(context.Response)
            ? answer.TryWriteAsync(context, problems)
            : Task.CompletedTask;

    private bool IsStillTheAnswer(HttpResponse response) =>
        !response.HasStarted
        && response.StatusCode == _status
        && response.ContentLength is null
        && string.IsNullOrEmpty(response.ContentType);

    /// <summary>A caller that takes no JSON gets no body, as without problem details.</summary>
    private async Task TryWriteAsync(HttpContext context, IProblemDetailsService problems) =>
        await problems.TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = context,
            ProblemDetails = new ProblemDetails { Status = _status, Detail = _detail },
        }).ConfigureAwait(false);
}
