namespace CfAccess.AspNetCore;

/// <summary>
/// A call to another application behind Cloudflare Access that did not reach it: a login page came in its place, or the call was led, or was to go,
/// where it may not prove who calls. The message tells what to change, and holds no secret.
/// </summary>
/// <param name="message">What is wrong, and what to do.</param>
public sealed class AccessCallException(string message) : HttpRequestException(message);
