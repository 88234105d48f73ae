namespace CfAccess.Testing.Attacks;

/// <summary>Every attack that is a request.</summary>
public static class AttackCorpus
{
    private static readonly Dictionary<string, Attack> ByName = All.ToDictionary(attack => attack.ToString(), StringComparer.Ordinal);

    public static IEnumerable<Attack> All =>
    [
        .. AlgorithmAttacks.All,
        .. KeyHeaderAttacks.All,
        .. ShapeAttacks.All,
        .. HeaderAttacks.All,
        .. SignatureAttacks.All,
        .. SpellingAttacks.All,
        .. TransportAttacks.All,
        .. HostAttacks.All,
        .. TypeAttacks.All,
        .. TimeAttacks.All,
        .. AudienceAttacks.All,
        .. PayloadAttacks.All,
        .. NameAttacks.All,
    ];

    public static Attack Get(string name) => ByName[name];
}
