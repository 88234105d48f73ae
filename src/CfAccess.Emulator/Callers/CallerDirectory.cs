using System.Text.Json.Nodes;
using CfAccess.Emulator.Tokens;

namespace CfAccess.Emulator.Callers;

/// <summary>Who can come: the people and the service tokens, each of these with a secret.</summary>
internal sealed class CallerDirectory(AccessEmulatorOptions options)
{
    public IReadOnlyList<AccessEmulatorPerson> People { get; } = [.. options.People];

    public IReadOnlyList<AccessEmulatorServiceToken> ServiceTokens { get; } = [.. options.ServiceTokens.Select(WithSecret)];

    public string UnknownPerson =>
        $"The emulator knows no such person; it knows {List(People.Select(person => person.Email))}. Add the person to its options, or give "
        + "groups, none perhaps, to make one up.";

    public string UnknownServiceToken =>
        $"The emulator knows no such service token; it knows {List(ServiceTokens.Select(one => one.ClientId))}. Add it to its options.";

    public AccessEmulatorPerson? FindPerson(string email) =>
        People.FirstOrDefault(person => string.Equals(person.Email, email, StringComparison.OrdinalIgnoreCase));

    /// <summary>A person of the directory; with groups or custom claims of its own, one that is like it or made up.</summary>
    public AccessEmulatorPerson? Person(string email, IEnumerable<string>? groups, JsonObject? custom = null)
    {
        var known = FindPerson(email);
        return groups is null && custom is null ? known : new()
        {
            Email = known?.Email ?? email,
            Name = known?.Name,
            Groups = [.. groups ?? (custom?.ContainsKey(CustomClaims.Groups) == true ? null : known?.Groups) ?? []],
            Custom = custom ?? known?.Custom ?? [],
            Country = known?.Country ?? AccessEmulatorDefaults.Country,
            IdentityProvider = known?.IdentityProvider ?? AccessEmulatorDefaults.IdentityProvider,
        };
    }

    public AccessEmulatorServiceToken? FindServiceToken(string clientId) =>
        ServiceTokens.FirstOrDefault(serviceToken => string.Equals(serviceToken.ClientId, clientId, StringComparison.Ordinal));

    private static string List(IEnumerable<string> names) => string.Join(", ", names.DefaultIfEmpty("none"));

    private static AccessEmulatorServiceToken WithSecret(AccessEmulatorServiceToken serviceToken) => new()
    {
        Name = serviceToken.Name,
        ClientId = serviceToken.ClientId,
        ClientSecret = serviceToken.ClientSecret ?? Secret.Make(),
    };
}
