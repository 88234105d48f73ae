using Microsoft.Extensions.Configuration;

namespace CfAccess.AspNetCore.Outgoing;

/// <summary>Where a client's service token comes from, read anew each time: a rotated secret counts from the next request on.</summary>
/// <param name="client">The name of the client.</param>
/// <param name="configure">Sets the token.</param>
/// <param name="nameOf">How what is wrong is named to whoever has to set it.</param>
internal sealed class ServiceTokenSource(
    string client, Action<IServiceProvider, AccessServiceTokenOptions> configure, Func<string, string> nameOf)
{
    public static ServiceTokenSource Of(string client, Action<IServiceProvider, AccessServiceTokenOptions> configure) => new(
        client, configure, member => $"the delegate that AddCloudflareAccessServiceToken was given sets a {member} that");

    public static ServiceTokenSource Of(string client, IConfigurationSection section) => new(
        client,
        (_, token) =>
        {
            token.ClientId = section[nameof(token.ClientId)];
            token.ClientSecret = section[nameof(token.ClientSecret)];
        },
        member => $"{section.Path}:{member}");

    /// <exception cref="InvalidOperationException">It is not whole. Neither id nor secret stand in the message.</exception>
    public (string ClientId, string ClientSecret) Read(IServiceProvider services)
    {
        var token = new AccessServiceTokenOptions();
        configure(services, token);
        return (Checked(token.ClientId, nameof(token.ClientId)), Checked(token.ClientSecret, nameof(token.ClientSecret)));
    }

    /// <returns>What is wrong with a value that is to stand in a header; nothing where it can.</returns>
    public static string? ProblemOf(string? value) =>
        string.IsNullOrWhiteSpace(value) ? "is missing or empty."
        : value.Any(character => character is <= ' ' or > '~')
            ? "has a character that cannot stand in a header. Copy it again, without blanks or line breaks."
            : null;

    private string Checked(string? value, string member) => ProblemOf(value) is { } problem
        ? throw new InvalidOperationException(
            $"The HTTP client '{client}' is to call as a service token, but {nameOf(member)} {problem} Keep the secret out of source code: "
            + "user secrets, environment, a vault.")
        : value!;
}
