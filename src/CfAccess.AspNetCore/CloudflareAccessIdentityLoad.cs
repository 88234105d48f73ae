namespace CfAccess.AspNetCore;

/// <summary>When Cloudflare is asked for a person's identity.</summary>
public enum CloudflareAccessIdentityLoad
{
    /// <summary>
    /// When something needs it: a policy with <c>RequireAccessGroup</c>, <c>RequireRole</c> or <c>RequireAccessIdentity</c>,
    /// <c>[Authorize(Roles = "…")]</c>, or <c>GetAccessIdentityAsync</c>. A request that needs no identity costs nothing.
    /// </summary>
    OnDemand = 0,

    /// <summary>
    /// When a person is authenticated, on whatever endpoint, so that the groups are claims and <c>User.IsInRole</c> knows them. Needs
    /// <see cref="CloudflareAccessOptions.GroupsFromIdentity"/>.
    /// </summary>
    AtAuthentication = 1,
}
