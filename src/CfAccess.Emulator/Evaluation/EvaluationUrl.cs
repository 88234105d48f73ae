using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace CfAccess.Emulator.Evaluation;

/// <summary>An URL of a rule: absolute, or a path of the app behind the emulator. Nothing of a request has a part in it.</summary>
internal static class EvaluationUrl
{
    private const string TestServer = "http://localhost";
    private static readonly string[] AnyAddress = ["://[::]", "://0.0.0.0", "://+", "://*"];

    public static bool IsGood(string? url) => url is not null && url.All(character => character is > ' ' and <= '~' and not '\\' and not '#')
        && (IsPath(url)
            || (Uri.TryCreate(url, UriKind.Absolute, out var uri)
                && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
                && uri.UserInfo.Length == 0));

    /// <param name="url">A good one.</param>
    /// <param name="server">What the app listens with.</param>
    public static Uri Resolve(string url, IServer? server) => IsPath(url) ? new Uri(new Uri(AddressOf(server)), url) : new Uri(url);

    private static bool IsPath(string url) => url is ['/', ..] and not ['/', '/', ..];

    /// <summary>Its address without TLS, where it has one; a test server has none.</summary>
    private static string AddressOf(IServer? server)
    {
        var addresses = server?.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        var address = addresses.FirstOrDefault(one => one.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
            ?? addresses.FirstOrDefault()
            ?? TestServer;
        return AnyAddress.Aggregate(address, (text, any) => text.Replace(any, "://localhost", StringComparison.Ordinal));
    }
}
