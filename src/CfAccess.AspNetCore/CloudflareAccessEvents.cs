namespace CfAccess.AspNetCore;

/// <summary>
/// What the application wants to be told, and may change, while a request is authenticated. Derive from it and set
/// <see cref="Microsoft.AspNetCore.Authentication.AuthenticationSchemeOptions.EventsType"/>, or set the delegates.
/// </summary>
public class CloudflareAccessEvents
{
    private static readonly Func<CloudflareAccessMessageReceivedContext, Task> PassMessage = _ => Task.CompletedTask;
    private static readonly Func<CloudflareAccessTokenValidatedContext, Task> PassToken = _ => Task.CompletedTask;
    private static readonly Func<CloudflareAccessAuthenticationFailedContext, Task> PassFailure = _ => Task.CompletedTask;

    /// <summary>Called before the token is looked for.</summary>
    public Func<CloudflareAccessMessageReceivedContext, Task> OnMessageReceived { get; set; } = PassMessage;

    /// <summary>
    /// Called on every request with a valid token, or once for a token where
    /// <see cref="CloudflareAccessTokenCacheOptions.TokenValidatedOncePerToken"/> says so.
    /// </summary>
    public Func<CloudflareAccessTokenValidatedContext, Task> OnTokenValidated { get; set; } = PassToken;

    /// <summary>Called when a token was refused, or could not be judged.</summary>
    public Func<CloudflareAccessAuthenticationFailedContext, Task> OnAuthenticationFailed { get; set; } = PassFailure;

    /// <summary>Called before a 401, a 503 or the way to the login is answered.</summary>
    public Func<CloudflareAccessChallengeContext, Task> OnChallenge { get; set; } = _ => Task.CompletedTask;

    /// <summary>Called before a 403 is answered, or a 503 where only an identity was missing.</summary>
    public Func<CloudflareAccessForbiddenContext, Task> OnForbidden { get; set; } = _ => Task.CompletedTask;

    /// <summary>Whether <see cref="MessageReceived"/> does anything, so that a request need not prepare for it where it does not.</summary>
    internal bool HearsOfMessages => GetType() != typeof(CloudflareAccessEvents) || OnMessageReceived != PassMessage;

    /// <summary>Whether <see cref="TokenValidated"/> does anything.</summary>
    internal bool HearsOfTokens => GetType() != typeof(CloudflareAccessEvents) || OnTokenValidated != PassToken;

    /// <summary>Whether <see cref="AuthenticationFailed"/> does anything.</summary>
    internal bool HearsOfFailures => GetType() != typeof(CloudflareAccessEvents) || OnAuthenticationFailed != PassFailure;

    /// <summary>Called before the token is looked for. The event may bring the token itself, or a result.</summary>
    /// <param name="context">The request, and the token once the event has set it.</param>
    /// <returns>A task that ends with the event.</returns>
    public virtual Task MessageReceived(CloudflareAccessMessageReceivedContext context) => OnMessageReceived(context);

    /// <summary>
    /// Called on every request with a valid token, or once for a token where
    /// <see cref="CloudflareAccessTokenCacheOptions.TokenValidatedOncePerToken"/> says so. The event may change the principal, or refuse it
    /// with <c>Fail</c>.
    /// </summary>
    /// <param name="context">The request and its principal.</param>
    /// <returns>A task that ends with the event.</returns>
    public virtual Task TokenValidated(CloudflareAccessTokenValidatedContext context) => OnTokenValidated(context);

    /// <summary>Called when a token was refused, or could not be judged. The event may bring another result.</summary>
    /// <param name="context">The request and the reason.</param>
    /// <returns>A task that ends with the event.</returns>
    public virtual Task AuthenticationFailed(CloudflareAccessAuthenticationFailedContext context) => OnAuthenticationFailed(context);

    /// <summary>Called before a 401, a 503 or the way to the login is answered. The event may answer in its own way and call <c>HandleResponse</c>.</summary>
    /// <param name="context">The request, and the reason if there was a token.</param>
    /// <returns>A task that ends with the event.</returns>
    public virtual Task Challenge(CloudflareAccessChallengeContext context) => OnChallenge(context);

    /// <summary>Called before a 403 is answered, or a 503 where only an identity was missing. The event may answer in its own way.</summary>
    /// <param name="context">The request.</param>
    /// <returns>A task that ends with the event.</returns>
    public virtual Task Forbidden(CloudflareAccessForbiddenContext context) => OnForbidden(context);
}
