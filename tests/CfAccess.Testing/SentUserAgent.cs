using CfAccess.AspNetCore;

namespace CfAccess.Testing;

/// <summary>The <c>User-Agent</c> of every call that the library or the tool makes by itself.</summary>
public static class SentUserAgent
{
    public static string Expected { get; } = $"CfAccess/{typeof(CloudflareAccessDefaults).Assembly.GetName().Version!.ToString(fieldCount: 3)}";
}
