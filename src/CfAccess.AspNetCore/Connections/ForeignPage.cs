using CfAccess.AspNetCore.Answers;
using CfAccess.AspNetCore.Diagnostics;
using CfAccess.Shared.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CfAccess.AspNetCore.Connections;

/// <summary>The response to a request from a page of another origin.</summary>
internal static class ForeignPage
{
    public static void Reject(HttpContext context)
    {
        var loggers = context.RequestServices.GetRequiredService<ILoggerFactory>();
        new SafeLogger(loggers.CreateLogger(LogCategories.Connections)).ForeignPageRefused();
        Answer.Forbidden(context);
    }
}
