using System.Diagnostics;

namespace CfAccess.AspNetCore.Diagnostics;

/// <summary>
/// The activity source <c>CfAccess</c>, one for each application, as its meter is. No tag holds what a client chose, and where nobody
/// listens nothing is made. A token from the cache makes no activity: finding it takes less time than an activity would.
/// </summary>
internal sealed class AccessTraces : IDisposable
{
    public ActivitySource Source { get; } = new(CloudflareAccessDefaults.DiagnosticsName);

    public bool IsHeard => Source.HasListeners();

    public TraceScope StartValidation() => Start("CloudflareAccess.ValidateToken");

    public TraceScope StartKeyFetch(Uri url) => StartFetch("CloudflareAccess.FetchKeys", url);

    public TraceScope StartIdentityFetch(Uri url) => StartFetch("CloudflareAccess.FetchIdentity", url);

    public TraceScope Start(string name) => TraceScope.Start(Source, name);

    public void Dispose() => Source.Dispose();

    private TraceScope StartFetch(string name, Uri url)
    {
        var scope = Start(name);
        scope.Activity?.SetTag("cloudflare_access.team", url.GetLeftPart(UriPartial.Authority));
        return scope;
    }
}
