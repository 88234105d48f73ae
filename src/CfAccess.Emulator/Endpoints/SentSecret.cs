using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace CfAccess.Emulator.Endpoints;

/// <summary>Whether a program sent the secret that the emulator prints at start.</summary>
internal static class SentSecret
{
    private const string Scheme = "Bearer ";
    private const string KeyHeader = "X-Auth-Key";

    /// <summary>As a bearer token.</summary>
    public static bool IsIn(HttpRequest request, string secret) =>
        request.Headers[HeaderNames.Authorization] is [{ } sent]
        && sent.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && IsSame(sent[Scheme.Length..], secret);

    /// <summary>As the key that goes with an e-mail address, Cloudflare's older way.</summary>
    public static bool IsKeyIn(HttpRequest request, string secret) => request.Headers[KeyHeader] is [{ } sent] && IsSame(sent, secret);

    private static bool IsSame(string sent, string secret) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(sent.Trim()), Encoding.UTF8.GetBytes(secret));
}
