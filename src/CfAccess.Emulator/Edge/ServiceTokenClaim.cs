using System.Security.Cryptography;
using System.Text;
using CfAccess.Emulator.Callers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace CfAccess.Emulator.Edge;

/// <summary>What the service token headers of a request come to: a service token, a refusal, or nothing when there are none.</summary>
internal readonly record struct ServiceTokenClaim(AccessEmulatorServiceToken? ServiceToken, string? Refusal)
{
    public const string ClientId = "CF-Access-Client-Id";
    public const string ClientSecret = "CF-Access-Client-Secret";

    public static ServiceTokenClaim Read(IHeaderDictionary headers, CallerDirectory callers)
    {
        var (id, secret) = (headers[ClientId], headers[ClientSecret]);
        return (StringValues.IsNullOrEmpty(id), StringValues.IsNullOrEmpty(secret)) switch
        {
            (true, true) => default,
            (true, false) => Refuse($"The request has {ClientSecret} but no {ClientId}: a service token needs both headers."),
            (false, true) => Refuse($"The request has {ClientId} but no {ClientSecret}: a service token needs both headers."),
            _ when id.Count > 1 || secret.Count > 1 => Refuse($"The request has {ClientId} or {ClientSecret} more than once."),
            _ => Check(id.ToString(), secret.ToString(), callers),
        };
    }

    private static ServiceTokenClaim Check(string id, string secret, CallerDirectory callers)
    {
        if (callers.FindServiceToken(id) is not { ClientSecret: { } expected } serviceToken)
        {
            return Refuse($"The emulator knows no service token with the {ClientId} of this request.");
        }

        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(expected))
            ? new(serviceToken, Refusal: null)
            : Refuse($"The {ClientSecret} of this request is not that of its {ClientId}; the emulator prints the right one at start.");
    }

    private static ServiceTokenClaim Refuse(string refusal) => new(ServiceToken: null, refusal);
}
