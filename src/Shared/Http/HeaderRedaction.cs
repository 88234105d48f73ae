using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;

namespace CfAccess.Shared.Http;

/// <summary>Keeps secret headers out of the log of an HTTP client.</summary>
internal static class HeaderRedaction
{
    /// <summary>
    /// Redacts headers in the text of the client's log events, in addition to those that the application redacts. The state of an event still contains
    /// them, and a structured log writes the state. So add a secret header below the log, or remove the log.
    /// </summary>
    public static void RedactLoggedHeaders(this IServiceCollection services, string client, params string[] headers) =>
        services.PostConfigure<HttpClientFactoryOptions>(client, settings =>
        {
            var others = settings.ShouldRedactHeaderValue;
            settings.ShouldRedactHeaderValue = header => headers.Contains(header, StringComparer.OrdinalIgnoreCase) || others(header);
        });
}
