using System.Diagnostics;
using CfAccess.Shared.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.AspNetCore.Diagnostics;

/// <summary>
/// Starts the activities of the scheme. No tag contains what a client chose. If nobody listens, no activity is created. A token from the cache has no
/// activity: finding it takes less time than an activity would.
/// </summary>
internal sealed class AccessTraces([FromKeyedServices(CloudflareAccessDefaults.DiagnosticsName)] ActivitySource source)
{
    public bool IsHeard => source.HasListeners();

    public TraceScope StartValidation() => Start("CloudflareAccess.ValidateToken");

    public TraceScope StartKeyFetch(Uri url) => StartFetch("CloudflareAccess.FetchKeys", url);

    public TraceScope StartIdentityFetch(Uri url) => StartFetch("CloudflareAccess.FetchIdentity", url);

    private TraceScope Start(string name) => TraceScope.Start(source, name);

    private TraceScope StartFetch(string name, Uri url)
    {
        var scope = Start(name);
        scope.Activity?.SetTag("cloudflare_access.team", url.GetLeftPart(UriPartial.Authority));
        return scope;
    }
}
