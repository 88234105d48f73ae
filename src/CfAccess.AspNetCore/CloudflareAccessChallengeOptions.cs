namespace CfAccess.AspNetCore;

/// <summary>What a request is answered that has no token and needs one.</summary>
public sealed class CloudflareAccessChallengeOptions
{
    /// <summary>
    /// Whether browsers that open a page are sent to the login. Default: <see cref="CloudflareAccessChallengeMode.Unauthorized"/>.
    /// </summary>
    public CloudflareAccessChallengeMode Mode { get; set; }

    /// <summary>
    /// The AUD tag of the application to log in to. It is one of the scheme's audiences, and its team is the one that is asked; where
    /// several list it, as for a team that was renamed, the first of them. Default: the only audience there is; required where browsers
    /// are redirected and there are several.
    /// </summary>
    public string? Audience { get; set; }
}
