using Microsoft.Extensions.Configuration;

namespace CfAccess.Http.Credentials;

/// <summary>Reads the service token of a client for each request, so that a rotated secret is used from the next request on.</summary>
/// <param name="client">The name of the client.</param>
/// <param name="configure">Sets the token.</param>
/// <param name="nameOf">Names the source of a member in an error.</param>
internal sealed class ServiceTokenSource(
    string client, Action<IServiceProvider, AccessServiceTokenOptions> configure, Func<string, string> nameOf)
{
    public static ServiceTokenSource FromDelegate(string client, Action<IServiceProvider, AccessServiceTokenOptions> configure) => new(
        client, configure, member => $"the delegate that AddCloudflareAccessServiceToken was given sets a {member} that");

    public static ServiceTokenSource FromSection(string client, IConfigurationSection section) => new(
        client,
        (_, token) =>
        {
            token.ClientId = section[nameof(token.ClientId)];
            token.ClientSecret = section[nameof(token.ClientSecret)];
        },
        member => $"{section.Path}:{member}");

    /// <exception cref="InvalidOperationException">The token is incomplete. The message contains neither the id nor the secret.</exception>
    public (string ClientId, string ClientSecret) Read(IServiceProvider services)
    {
        var token = new AccessServiceTokenOptions();
        configure(services, token);
        return (Checked(token.ClientId, nameof(token.ClientId)), Checked(token.ClientSecret, nameof(token.ClientSecret)));
    }

    /// <returns>What is wrong with the value of a header, or null if it is valid.</returns>
    public static string? ProblemOf(string? value) =>
        string.IsNullOrWhiteSpace(value) ? "is missing or empty."
        : value.Any(character => character is <= ' ' or > '~')
            ? "has a character that a header cannot contain. Copy it again, without spaces or line breaks."
            : null;

    private string Checked(string? value, string member) => ProblemOf(value) is { } problem
        ? throw new InvalidOperationException(
            $"HTTP client '{client}' calls with a service token, but {nameOf(member)} {problem} Keep the secret out of source code: "
            + "user secrets, environment, a vault.")
        : value!;
}
