using System.Text.Json;
using CfAccess.Emulator.Edge;
using CfAccess.Emulator.Identity;
using CfAccess.Emulator.Keys;
using Microsoft.AspNetCore.Http;

namespace CfAccess.Emulator.Endpoints;

/// <summary>The endpoints that programs ask: the keys, and the identity behind a token.</summary>
internal sealed class TeamEndpoints(AccessEmulator emulator)
{
    private const string Json = "application/json";

    public TeamAnswer KeySet() => emulator.KeysEndpointFails
        ? new(StatusCodes.Status500InternalServerError, "text/plain", "The emulator's keys endpoint was told to fail.\n")
        : new(StatusCodes.Status200OK, Json, KeySetDocument.Write(emulator.Keys.Published));

    public TeamAnswer Identity(IEnumerable<string?> cookieHeaders, string ip)
    {
        var session = SessionCookie.Values(cookieHeaders).Select(emulator.Sessions.Find).FirstOrDefault(found => found is not null);
        if (session is null)
        {
            return new(StatusCodes.Status400BadRequest, Json, """{"err":"no app token set"}""");
        }

        var identity = IdentityOfSession.Tell(session, emulator.Issuer, ip);
        return new(StatusCodes.Status200OK, Json, JsonSerializer.Serialize(identity, EmulatorJson.Default.IdentityDocument));
    }
}
