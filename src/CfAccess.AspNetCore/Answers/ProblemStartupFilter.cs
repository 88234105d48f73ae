using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.AspNetCore.Answers;

/// <summary>
/// Writes problem details around the whole application, where it called <c>AddProblemDetails</c>. So its own status code pages come first.
/// </summary>
internal sealed class ProblemStartupFilter : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        if (app.ApplicationServices.GetService<IProblemDetailsService>() is { } problems)
        {
            app.Use(rest => async context =>
            {
                await rest(context).ConfigureAwait(false);
                await ProblemAnswer.WriteAsync(context, problems).ConfigureAwait(false);
            });
        }

        next(app);
    };
}
