namespace CfAccess.Emulator;

/// <summary>An application of Access: which paths it covers, the AUD tag of its tokens, and who is let in.</summary>
public sealed class AccessEmulatorApplication
{
    /// <summary>A name for people to read. Default: none, which means its first path.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// The AUD tag of its tokens, unique among the applications. Default: none, which means the AUD tags that the app under development
    /// configures and no other application here has.
    /// </summary>
    public string? Audience { get; init; }

    /// <summary>
    /// The paths that it covers, each with all that lies below it; of several applications the longest path wins. Compared with regard to
    /// case. Default: <c>/</c>.
    /// </summary>
    public IReadOnlyList<string> Paths { get; init; } = ["/"];

    /// <summary>
    /// Who is let in: whoever one of the policies lets in. Default: none, which means every person who logs in, and every service token.
    /// </summary>
    public IReadOnlyList<AccessEmulatorPolicy> Policies { get; init; } = [];

    /// <summary>
    /// Whether CORS preflights reach the app, without an assertion; otherwise they are answered 403, since browsers send no cookie with
    /// them. Default: <see langword="false"/>. Source: Cloudflare One documentation, "CORS", Bypass OPTIONS requests to origin.
    /// </summary>
    public bool BypassOptionsRequests { get; init; }
}
