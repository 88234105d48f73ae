using Microsoft.IdentityModel.Tokens;

namespace CfAccess.AspNetCore;

/// <summary>
/// The signing keys of the teams of a scheme, for code that verifies other tokens of these teams or passes the keys to another library. The keys are those
/// of the scheme, with the same fetches, cool-down, and staleness. It is a singleton and is safe to call from several threads.
/// </summary>
/// <remarks>
/// A key is not a rule. Code that verifies a token must also check the algorithm, the issuer, the audience, the type, and the lifetime. For tokens of
/// Access, use <see cref="ICloudflareAccessTokenValidator"/>.
/// </remarks>
public interface ICloudflareAccessSigningKeys
{
    /// <summary>Gets the issuers of the configured teams, such as <c>https://acme.cloudflareaccess.com</c>.</summary>
    /// <param name="scheme">The name given to <c>AddCloudflareAccess</c> or <c>AddCloudflareAccessKeys</c>. Default: <c>CloudflareAccess</c>.</param>
    /// <returns>The issuers, in the order of the configuration. At least one.</returns>
    /// <exception cref="ArgumentException">The scheme does not exist.</exception>
    IReadOnlyList<string> GetIssuers(string scheme = CloudflareAccessDefaults.AuthenticationScheme);

    /// <summary>
    /// Finds the key with an id. An unknown id causes a fetch that all callers share, unless the cool-down of the last fetch is running; so call it only for a
    /// token that passes every check that needs no key. Waits at most <see cref="CloudflareAccessKeyOptions.WaitBudget"/>.
    /// </summary>
    /// <param name="issuer">One of <see cref="GetIssuers"/>.</param>
    /// <param name="keyId">The <c>kid</c> of the token.</param>
    /// <param name="scheme">The name given to <c>AddCloudflareAccess</c> or <c>AddCloudflareAccessKeys</c>. Default: <c>CloudflareAccess</c>.</param>
    /// <param name="cancellationToken">Ends the wait. The fetch continues.</param>
    /// <returns>The key, or the reason that it is missing.</returns>
    /// <exception cref="ArgumentException">The scheme does not exist, or the scheme has no team with this issuer.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was canceled.</exception>
    ValueTask<CloudflareAccessSigningKeyResult> FindAsync(
        string issuer,
        string keyId,
        string scheme = CloudflareAccessDefaults.AuthenticationScheme,
        CancellationToken cancellationToken = default);

    /// <summary>Gets all trusted keys of a team. Waits for the first fetch.</summary>
    /// <param name="issuer">One of <see cref="GetIssuers"/>.</param>
    /// <param name="scheme">The name given to <c>AddCloudflareAccess</c> or <c>AddCloudflareAccessKeys</c>. Default: <c>CloudflareAccess</c>.</param>
    /// <param name="cancellationToken">Ends the wait. The fetch continues.</param>
    /// <returns>The keys, each with a different id. The list is the same object until the next fetch. Empty if no trusted keys are available.</returns>
    /// <exception cref="ArgumentException">The scheme does not exist, or the scheme has no team with this issuer.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was canceled.</exception>
    ValueTask<IReadOnlyList<SecurityKey>> GetAllAsync(
        string issuer, string scheme = CloudflareAccessDefaults.AuthenticationScheme, CancellationToken cancellationToken = default);
}
