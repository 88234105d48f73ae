using CfAccess.AspNetCore.Tokens;
using Microsoft.AspNetCore.Authentication;

namespace CfAccess.AspNetCore;

/// <summary>
/// What <see cref="AuthenticateResult.Failure"/> holds when a token was refused. Its message holds nothing that a client sent. The scheme
/// makes it and never throws it; the package CfAccess.JwtBearer passes it through Microsoft.IdentityModel.
/// </summary>
/// <param name="reason">Why the token was refused.</param>
/// <param name="innerException">What the application's event gave as its own reason, if it did.</param>
public class CloudflareAccessFailureException(AccessFailureReason reason, Exception? innerException = null)
    : AuthenticationFailureException(FailureWords.MessageOf(reason), innerException)
{
    /// <summary>Why the token was refused.</summary>
    public AccessFailureReason Reason { get; } = reason;
}
