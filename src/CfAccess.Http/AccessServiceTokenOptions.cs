using System.Text.Json.Serialization;

namespace CfAccess.Http;

/// <summary>
/// A service token to call other applications with, as <c>AddCloudflareAccessServiceToken</c> reads it for each request. Source: Cloudflare One
/// documentation, "Service tokens".
/// </summary>
public sealed class AccessServiceTokenOptions
{
    /// <summary>The Client ID, such as <c>….access</c>. Required: printable ASCII without blanks. Default: none.</summary>
    public string? ClientId { get; set; }

    /// <summary>The Client Secret. Required: printable ASCII without blanks. Default: none. System.Text.Json does not write it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWriting)]
    public string? ClientSecret { get; set; }
}
