using System.Text.Json.Nodes;

namespace CfAccess.Emulator.Tokens;

/// <summary>Makes a good token wrong in one way.</summary>
internal static class WrongTokens
{
    private const long Hour = 3600;
    private const long MetaLifetime = 300;
    private const string OtherIssuer = "https://another-team.cloudflareaccess.localhost";

    /// <summary>Whose token it is: wrong tokens need no person of the options.</summary>
    public static readonly AccessEmulatorPerson Bearer = new() { Email = "somebody@example.com" };

    /// <exception cref="ArgumentOutOfRangeException">There is no such way.</exception>
    public static void Spoil(AccessEmulatorTokenDraft draft, AccessEmulatorWrongToken wrong)
    {
        var payload = draft.Payload;
        var issued = payload["iat"]!.GetValue<long>();
        switch (wrong)
        {
            case AccessEmulatorWrongToken.OtherAudience:
                payload["aud"] = new JsonArray(new string('0', 64));
                break;
            case AccessEmulatorWrongToken.OtherIssuer:
                payload["iss"] = OtherIssuer;
                break;
            case AccessEmulatorWrongToken.Expired:
                Shift(payload, issued - (2 * Hour), issued - Hour);
                break;
            case AccessEmulatorWrongToken.NotYetValid:
                payload["nbf"] = issued + Hour;
                break;
            case AccessEmulatorWrongToken.WithoutExpiration:
                payload.Remove("exp");
                break;
            case AccessEmulatorWrongToken.Meta:
                MakeMeta(payload, issued);
                break;
            case AccessEmulatorWrongToken.Organization:
                payload["type"] = "org";
                break;
            case AccessEmulatorWrongToken.WithoutSignature:
                draft.SigningKey = AccessEmulatorSigningKey.None;
                break;
            case AccessEmulatorWrongToken.UnknownKey:
                draft.SigningKey = AccessEmulatorSigningKey.Unknown;
                break;
            case AccessEmulatorWrongToken.ForgedSignature:
                draft.SigningKey = AccessEmulatorSigningKey.Forged;
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(wrong), wrong, "The emulator knows no such wrong token.");
        }
    }

    private static void Shift(JsonObject payload, long issued, long expires)
    {
        payload["iat"] = issued;
        payload["nbf"] = issued;
        payload["exp"] = expires;
    }

    /// <summary>The AUD tag is a text there, and no member tells who it is.</summary>
    private static void MakeMeta(JsonObject payload, long issued)
    {
        var tag = payload["aud"]![0]!.DeepClone();
        payload.Clear();
        payload["type"] = "meta";
        payload["aud"] = tag;
        payload["iat"] = issued;
        payload["exp"] = issued + MetaLifetime;
    }
}
