namespace CfAccess.AspNetCore;

/// <summary>
/// Validates a Cloudflare Access token that did not come in a header of a request: in a message of a queue, in a gRPC or SignalR call, on a
/// command line. The rules, keys, cache, logs and metrics are those of a scheme. It is a singleton and may be called at the same time by many.
/// </summary>
/// <remarks>
/// No event of the scheme is called, since there is no request: what the application refuses in
/// <see cref="CloudflareAccessEvents.TokenValidated"/> it has to refuse here by itself.
/// </remarks>
public interface ICloudflareAccessTokenValidator
{
    /// <summary>Validates a token. Whatever it holds, the answer is a result.</summary>
    /// <param name="token">
    /// The token alone, without <c>Bearer</c>. <see langword="null"/> or an empty text is refused as
    /// <see cref="AccessFailureReason.Malformed"/>.
    /// </param>
    /// <param name="scheme">
    /// The name given to <c>AddCloudflareAccess</c> or <c>AddCloudflareAccessKeys</c>. Default: <c>CloudflareAccess</c>.
    /// </param>
    /// <param name="cancellationToken">
    /// Ends the wait for keys, which is the only one and lasts at most <see cref="CloudflareAccessKeyOptions.WaitBudget"/>.
    /// </param>
    /// <returns>The caller, or why there is none.</returns>
    /// <exception cref="ArgumentException">There is no such scheme.</exception>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">
    /// The scheme's settings are wrong. A host that was started has told so at start.
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    ValueTask<AccessTokenResult> ValidateAsync(
        string? token,
        string scheme = CloudflareAccessDefaults.AuthenticationScheme,
        CancellationToken cancellationToken = default);
}
