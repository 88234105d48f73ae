using System.Net.Http.Headers;
using System.Reflection;

namespace CfAccess.Shared.Http;

/// <summary>
/// The <c>User-Agent</c> of every call that the library makes by itself: <c>CfAccess/&lt;version&gt;</c>. Some firewalls reject requests without one, such as
/// Cloudflare's own with error 1010.
/// </summary>
internal static class UserAgent
{
    public static ProductInfoHeaderValue Value { get; } = new("CfAccess", Version());

    /// <summary>The version of the package, without the commit that a build may append.</summary>
    private static string Version()
    {
        var assembly = typeof(UserAgent).Assembly;
        var informational = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        return (informational ?? assembly.GetName().Version!.ToString()).Split('+')[0];
    }
}
