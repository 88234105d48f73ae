using System.Security.Cryptography;
using System.Text.Json;
using CfAccess.Emulator.Callers;
using CfAccess.Emulator.Keys;
using Microsoft.IdentityModel.JsonWebTokens;

namespace CfAccess.Emulator.Tokens;

/// <summary>Makes application tokens, signed with the current key.</summary>
internal sealed class TokenMint(string issuer, TimeSpan lifetime, AudienceTags tags, KeyRing keys, TimeProvider clock)
{
    private const string ApplicationToken = "app";
    private const string NonceAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const int NonceLength = 16;

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly Lock _gate = new();

    public MintedToken ForPerson(AccessEmulatorPerson person) => Mint((audiences, issued, expires) => JsonSerializer.Serialize(
        new PersonPayload(
            audiences,
            person.Email,
            expires,
            issued,
            issued,
            issuer,
            ApplicationToken,
            RandomNumberGenerator.GetString(NonceAlphabet, NonceLength),
            StableId.Uuid(issuer, "person", person.Email.ToUpperInvariant()),
            person.Country,
            person.Groups.Count > 0 ? new CustomClaims(person.Groups) : null),
        EmulatorJson.Default.PersonPayload));

    public MintedToken ForService(AccessEmulatorServiceToken serviceToken) => Mint((audiences, issued, expires) => JsonSerializer.Serialize(
        new ServicePayload(ApplicationToken, audiences, expires, issuer, serviceToken.ClientId, issued, Sub: string.Empty),
        EmulatorJson.Default.ServicePayload));

    private MintedToken Mint(Func<IReadOnlyList<string>, long, long, string> payload)
    {
        var issued = clock.GetUtcNow().ToUnixTimeSeconds();
        var expires = issued + (long)lifetime.TotalSeconds;
        var audiences = tags.All;
        var json = payload(audiences, issued, expires);

        // RSA makes no promise to several threads.
        lock (_gate)
        {
            var key = keys.Current;
            return new(
                _handler.CreateToken(json, key.Credentials),
                key.KeyId,
                audiences,
                DateTimeOffset.FromUnixTimeSeconds(issued),
                DateTimeOffset.FromUnixTimeSeconds(expires));
        }
    }
}
