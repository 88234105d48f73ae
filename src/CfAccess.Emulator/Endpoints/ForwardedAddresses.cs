using System.Net;
using Microsoft.AspNetCore.Http;

namespace CfAccess.Emulator.Endpoints;

/// <summary>The addresses that proxies say a request came from.</summary>
internal static class ForwardedAddresses
{
    private const string For = "for=";
    private static readonly string[] Lists = ["X-Forwarded-For", "X-Real-IP"];

    /// <summary>An entry that is no address is <see langword="null"/>.</summary>
    public static IEnumerable<IPAddress?> Of(IHeaderDictionary headers) =>
        Lists.SelectMany(name => Entries(headers, name)).Concat(Entries(headers, "Forwarded").Select(ForOf)).Select(AddressOf);

    private static IEnumerable<string> Entries(IHeaderDictionary headers, string name) =>
        headers[name].SelectMany(line => (line ?? string.Empty).Split(','));

    /// <summary>RFC 7239, section 4: <c>for="[::1]:4711";proto=http</c>. An element that does not name the client is no address.</summary>
    private static string ForOf(string element) => element
        .Split(';')
        .Select(pair => pair.Trim())
        .FirstOrDefault(pair => pair.StartsWith(For, StringComparison.OrdinalIgnoreCase))?[For.Length..]
        ?? string.Empty;

    private static IPAddress? AddressOf(string text) => IPEndPoint.TryParse(text.Trim().Trim('"'), out var end) ? end.Address : null;
}
