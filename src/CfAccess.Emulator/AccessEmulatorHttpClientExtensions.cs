using CfAccess.AspNetCore;
using CfAccess.Emulator;
using CfAccess.Emulator.Edge;

namespace System.Net.Http;

/// <summary>Lets a client of an application under test come as somebody.</summary>
public static class AccessEmulatorHttpClientExtensions
{
    private const string Cookie = "Cookie";

    /// <summary>Lets the client come as a person: logs the person in at the emulator, in place of whoever the client came as before.</summary>
    /// <param name="client">The client.</param>
    /// <param name="emulator">The emulator of the application.</param>
    /// <param name="email">The person's e-mail address.</param>
    /// <param name="groups">
    /// The person's groups, in place of those that the emulator's options give; with them also somebody whom the options do not know.
    /// Default: none, which means as the options have it.
    /// </param>
    /// <returns><paramref name="client"/>.</returns>
    /// <exception cref="ArgumentException">The emulator knows no such person.</exception>
    public static HttpClient AsAccessUser(
        this HttpClient client, AccessEmulator emulator, string email, IEnumerable<string>? groups = null)
    {
        ArgumentNullException.ThrowIfNull(emulator);
        return client.Come(emulator.LogIn(email, groups));
    }

    /// <summary>Lets the client come as a person, known to the emulator's options or not.</summary>
    /// <param name="client">The client.</param>
    /// <param name="emulator">The emulator of the application.</param>
    /// <param name="person">The person.</param>
    /// <returns><paramref name="client"/>.</returns>
    /// <exception cref="ArgumentException">Something is wrong with the person.</exception>
    public static HttpClient AsAccessUser(this HttpClient client, AccessEmulator emulator, AccessEmulatorPerson person)
    {
        ArgumentNullException.ThrowIfNull(emulator);
        return client.Come(emulator.LogIn(person));
    }

    /// <summary>Lets the client come as a service, with the headers of its service token.</summary>
    /// <param name="client">The client.</param>
    /// <param name="emulator">The emulator of the application.</param>
    /// <param name="clientId">The service token's Client ID.</param>
    /// <returns><paramref name="client"/>.</returns>
    /// <exception cref="ArgumentException">The emulator knows no such service token.</exception>
    public static HttpClient AsAccessService(this HttpClient client, AccessEmulator emulator, string clientId)
    {
        ArgumentNullException.ThrowIfNull(emulator);
        client.Come(emulator.LogInService(clientId));
        client.DefaultRequestHeaders.Add(ServiceTokenClaim.ClientId, clientId);
        client.DefaultRequestHeaders.Add(ServiceTokenClaim.ClientSecret, emulator.Callers.FindServiceToken(clientId)!.ClientSecret);
        return client;
    }

    /// <summary>The header is for an application without the edge, which would take it away.</summary>
    private static HttpClient Come(this HttpClient client, AccessEmulatorSession session)
    {
        ArgumentNullException.ThrowIfNull(client);
        var headers = client.DefaultRequestHeaders;
        string[] others = headers.TryGetValues(Cookie, out var cookies) ? [.. cookies.Where(IsOther)] : [];
        foreach (var name in new[] { Cookie, CloudflareAccessDefaults.AssertionHeader, ServiceTokenClaim.ClientId, ServiceTokenClaim.ClientSecret })
        {
            headers.Remove(name);
        }

        headers.Add(Cookie, [.. others, $"{CloudflareAccessDefaults.AuthorizationCookie}={session.Token}"]);
        headers.Add(CloudflareAccessDefaults.AssertionHeader, session.Token);
        return client;
    }

    private static bool IsOther(string cookie) => !SessionCookie.Values([cookie]).Any();
}
