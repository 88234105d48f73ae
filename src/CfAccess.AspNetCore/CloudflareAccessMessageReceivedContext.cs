using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace CfAccess.AspNetCore;

/// <summary>Context of <see cref="CloudflareAccessEvents.MessageReceived"/>.</summary>
/// <param name="context">The request.</param>
/// <param name="scheme">The scheme.</param>
/// <param name="options">The scheme's options.</param>
public class CloudflareAccessMessageReceivedContext(HttpContext context, AuthenticationScheme scheme, CloudflareAccessOptions options)
    : ResultContext<CloudflareAccessOptions>(context, scheme, options)
{
    /// <summary>
    /// The token to validate, if the event found it in a place of its own. While it is empty, the header and cookie are read.
    /// System.Text.Json does not write it.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWriting)]
    public string? Token { get; set; }
}
