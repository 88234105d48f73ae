namespace CfAccess.Emulator;

/// <summary>The paths that Cloudflare Access serves on every host that it protects, and the emulator's own.</summary>
internal static class AccessPaths
{
    public const string Prefix = "/cdn-cgi/access";

    public const string Certs = Prefix + "/certs";

    public const string Logout = Prefix + "/logout";

    /// <summary>Not Cloudflare's: the emulator's dashboard, and below it what its buttons do.</summary>
    public const string Dashboard = Prefix + "/emulator";

    /// <summary>Not Cloudflare's: where the emulator makes tokens for scripts.</summary>
    public const string Mint = Dashboard + "/token";

    public const string Login = Prefix + "/login";
}
