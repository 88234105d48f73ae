using CfAccess.Emulator.Callers;
using CfAccess.Emulator.Tokens;

namespace CfAccess.Emulator.Identity;

/// <summary>Tells the full identity behind a session.</summary>
internal static class IdentityOfSession
{
    public static IdentityDocument Tell(AccessEmulatorSession session, string issuer, string ip)
    {
        var common = Common(session.Person?.Country ?? AccessEmulatorDefaults.Country, issuer, session.IssuedAt, ip);
        return session switch
        {
            { Person: { } person } => OfPerson(common, person, issuer),
            { ServiceToken: { } serviceToken } => OfService(common, serviceToken, issuer),
            _ => common,
        };
    }

    /// <summary>Tells the identity of a person who is about to log in.</summary>
    public static IdentityDocument Tell(AccessEmulatorPerson person, string issuer, DateTimeOffset now, string ip) =>
        OfPerson(Common(person.Country, issuer, now, ip), person, issuer);

    private static IdentityDocument Common(string country, string issuer, DateTimeOffset issuedAt, string ip) => new()
    {
        Geo = new(country),
        AccountId = StableId.Hex(issuer, "account", issuer),
        Iat = issuedAt.ToUnixTimeSeconds(),
        Ip = ip,
    };

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
