using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.AspNetCore.Answers;

/// <summary>
/// Stands around the whole application. An endpoint that needed an identity which was not to be had is answered 503; problem details are written
/// where the application called <c>AddProblemDetails</c>. So its own status code pages and exception handlers come first.
/// </summary>
internal sealed class ProblemStartupFilter : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        var problems = app.ApplicationServices.GetService<IProblemDetailsService>();
        app.Use(rest => async context =>
        {
            try
            {
                await rest(context).ConfigureAwait(false);
            }
            catch (CloudflareAccessIdentityUnavailableException unavailable) when (!context.Response.HasStarted)
            {
                Answer.Unavailable(context, unavailable.RetryAfter, told: null);
            }

            if (problems is not null)
            {
                await ProblemAnswer.WriteAsync(context, problems).ConfigureAwait(false);
            }
        });
        next(app);
    };
}
