using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using CfAccess.Emulator.Callers;

namespace CfAccess.Emulator.Tokens;

/// <summary>Writes the payloads of good application tokens.</summary>
internal static class Payloads
{
    private const string ApplicationToken = "app";
    private const string NonceAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const int NonceLength = 16;

    public static JsonObject Of(AccessEmulatorPerson person, string issuer, TokenTerms terms)
    {
        var payload = new PersonPayload(
            terms.Audiences,
            person.Email,
            terms.Expires,
            terms.Issued,
            terms.Issued,
            issuer,
            ApplicationToken,
            RandomNumberGenerator.GetString(NonceAlphabet, NonceLength),
            StableId.Uuid(issuer, "person", person.Email.ToUpperInvariant()),
            person.Country,
            CustomClaims.Of(person));
        return CustomClaims.Trim(JsonSerializer.SerializeToNode(payload, EmulatorJson.Default.PersonPayload)!.AsObject());
    }

    public static JsonObject Of(AccessEmulatorServiceToken serviceToken, string issuer, TokenTerms terms)
    {
        var payload = new ServicePayload(
            ApplicationToken, terms.Audiences, terms.Expires, issuer, serviceToken.ClientId, terms.Issued, Sub: string.Empty);
        return JsonSerializer.SerializeToNode(payload, EmulatorJson.Default.ServicePayload)!.AsObject();
    }
}
