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

    public Activity? StartValidation() => Source.StartActivity("CloudflareAccess.ValidateToken");

    public Activity? StartKeyFetch(Uri url) => StartFetch("CloudflareAccess.FetchKeys", url);

    public Activity? StartIdentityFetch(Uri url) => StartFetch("CloudflareAccess.FetchIdentity", url);

    public void Dispose() => Source.Dispose();

    private Activity? StartFetch(string name, Uri url) =>
        Source.StartActivity(name)?.SetTag("cloudflare_access.team", url.GetLeftPart(UriPartial.Authority));
}
