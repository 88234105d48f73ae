namespace CfAccess.Http;

/// <summary>
/// A call did not reach the application behind Cloudflare Access. The response was the login page of Access, or the request or a redirect goes to an origin
/// that may not receive the credential. The message says what to change, and contains no secret.
/// </summary>
/// <param name="message">What is wrong, and what to do.</param>
public sealed class AccessCallException(string message) : HttpRequestException(message);
