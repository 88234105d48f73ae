namespace CfAccess.Emulator;

/// <summary>The paths that Cloudflare Access serves on every host that it protects.</summary>
internal static class AccessPaths
{
    public const string Prefix = "/cdn-cgi/access";

    public const string Identity = Prefix + "/get-identity";

    public const string Login = Prefix + "/login";
}
