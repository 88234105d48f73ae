using System.Text.Json.Serialization;

namespace CfAccess.Cli.Keys;

/// <summary>What <c>cfaccess keys</c> tells.</summary>
/// <param name="Team">The team's issuer.</param>
/// <param name="Url">Where its keys are published.</param>
/// <param name="At">When they were fetched.</param>
/// <param name="CurrentKid">The key that signs now, as the team tells it; none where it does not.</param>
/// <param name="Keys">The published keys, in the team's order.</param>
internal sealed record KeysReport(string Team, string Url, DateTimeOffset At, string? CurrentKid, IReadOnlyList<KeyReport> Keys);

/// <summary>A published key.</summary>
/// <param name="Kid">Its id; none where it has none.</param>
/// <param name="Bits">The size of its modulus; none where that cannot be told.</param>
/// <param name="Algorithm">Its <c>alg</c>.</param>
/// <param name="Usable">Whether the library verifies tokens with it.</param>
/// <param name="Problem">Why not.</param>
/// <param name="Current">Whether it signs now.</param>
/// <param name="CertificateFrom">From when its certificate is valid; none where there is no readable certificate. The library does not look at it.</param>
/// <param name="CertificateUntil">Until when.</param>
internal sealed record KeyReport(
    string? Kid,
    int? Bits,
    string? Algorithm,
    bool Usable,
    string? Problem,
    bool Current,
    DateTimeOffset? CertificateFrom,
    DateTimeOffset? CertificateUntil)
{
    /// <summary>What makes it this key and no other of the same id.</summary>
    [JsonIgnore]
    public string Material { get; init; } = string.Empty;

    /// <summary>A team may publish two keys of one id, or another key under an id that it had before.</summary>
    public bool IsSame(KeyReport other) => Kid == other.Kid && Material == other.Material && Usable == other.Usable;
}
