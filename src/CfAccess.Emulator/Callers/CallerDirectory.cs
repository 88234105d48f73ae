using System.Security.Cryptography;

namespace CfAccess.Emulator.Callers;

/// <summary>Who can come: the people and the service tokens, each of these with a secret.</summary>
internal sealed class CallerDirectory(AccessEmulatorOptions options)
{
    private const int SecretLength = 64;

    public IReadOnlyList<AccessEmulatorPerson> People { get; } = [.. options.People];

    public IReadOnlyList<AccessEmulatorServiceToken> ServiceTokens { get; } = [.. options.ServiceTokens.Select(WithSecret)];

    public AccessEmulatorPerson? FindPerson(string email) =>
        People.FirstOrDefault(person => string.Equals(person.Email, email, StringComparison.OrdinalIgnoreCase));

    public AccessEmulatorServiceToken? FindServiceToken(string clientId) =>
        ServiceTokens.FirstOrDefault(serviceToken => string.Equals(serviceToken.ClientId, clientId, StringComparison.Ordinal));

    private static AccessEmulatorServiceToken WithSecret(AccessEmulatorServiceToken serviceToken) => new()
    {
        Name = serviceToken.Name,
        ClientId = serviceToken.ClientId,
        ClientSecret = serviceToken.ClientSecret ?? RandomNumberGenerator.GetHexString(SecretLength, lowercase: true),
    };
}
