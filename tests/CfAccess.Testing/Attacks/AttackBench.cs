using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CfAccess.Testing.Attacks;

/// <summary>What attacks are made with: the clock, the team's key, the partner team's, and the attacker's own.</summary>
public sealed class AttackBench(TestClock clock)
{
    public const string PartnerKey = "partner";

    public TestClock Clock { get; } = clock;

    /// <summary>Signs with the team's current key.</summary>
    public TokenMinter Team { get; } = new(clock);

    /// <summary>Signs with the partner team's key.</summary>
    public TokenMinter Partner { get; } = new(clock, TestKey.Get(PartnerKey));

    /// <summary>Signs with a key that nobody publishes.</summary>
    public TokenMinter Attacker { get; } = new(clock, TestKey.Get("attacker"));

    /// <summary>A <c>kid</c> that nobody publishes.</summary>
    public string UnknownKid => Attacker.Key.Kid;

    public TokenDraft Person() => PersonBy(Team);

    public TokenDraft Service() => new(Team, Team.Header().ToJsonString(), Team.Service().ToJsonString());

    /// <summary>A person of the partner team, with the same e-mail and group as the team's own.</summary>
    public TokenDraft PartnersPerson() => PersonBy(Partner).Body(payload =>
    {
        payload["iss"] = TestTeam.PartnerIssuer;
        payload["aud"] = TestTeam.PartnerAudience;
    });

    /// <summary>The team's key as a certificate: public, as the key endpoint serves it.</summary>
    public X509Certificate2 Certificate() =>
        new CertificateRequest("CN=acme", Team.Key.Rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(TestClock.DefaultStart.AddDays(-1), TestClock.DefaultStart.AddDays(1));

    /// <summary>Signs any claims and a header that names the team's key, but with the attacker's.</summary>
    public TokenDraft Forged(TokenDraft draft) => draft with { Minter = Attacker };

    private static TokenDraft PersonBy(TokenMinter minter) => new(minter, minter.Header().ToJsonString(), minter.Person().ToJsonString());
}
