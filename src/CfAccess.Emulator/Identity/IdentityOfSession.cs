using CfAccess.Emulator.Callers;
using CfAccess.Emulator.Tokens;

namespace CfAccess.Emulator.Identity;

/// <summary>Tells the full identity behind a session.</summary>
internal static class IdentityOfSession
{
    public static IdentityDocument Tell(AccessEmulatorSession session, string issuer, string ip)
    {
        var common = new IdentityDocument
        {
            Geo = new(session.Person?.Country ?? AccessEmulatorDefaults.Country),
            AccountId = StableId.Hex(issuer, "account", issuer),
            Iat = session.IssuedAt.ToUnixTimeSeconds(),
            Ip = ip,
        };

        return session switch
        {
            { Person: { } person } => OfPerson(common, person, issuer),
            { ServiceToken: { } serviceToken } => OfService(common, serviceToken, issuer),
            _ => common,
        };
    }

    private static IdentityDocument OfPerson(IdentityDocument common, AccessEmulatorPerson person, string issuer) => common with
    {
        Email = person.Email,
        Name = person.Name,
        Groups = [.. person.Groups.Select(group => new IdentityGroup(StableId.Uuid(issuer, "group", group), group))],
        Idp = new(StableId.Uuid(issuer, "identity provider", person.IdentityProvider), person.IdentityProvider),
        Custom = CustomClaims.Of(person),
        UserUuid = StableId.Uuid(issuer, "person", person.Email.ToUpperInvariant()),
    };

    private static IdentityDocument OfService(IdentityDocument common, AccessEmulatorServiceToken serviceToken, string issuer) => common with
    {
        CommonName = serviceToken.ClientId,
        ServiceTokenId = StableId.Uuid(issuer, "service token", serviceToken.ClientId),
        ServiceTokenStatus = true,
    };
}
