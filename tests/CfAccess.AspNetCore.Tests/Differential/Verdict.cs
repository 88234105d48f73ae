namespace CfAccess.AspNetCore.Tests.Differential;

/// <summary>What the three say of one token.</summary>
/// <param name="Specimen">How it was made.</param>
/// <param name="Twists">In how many ways it differs from a good token: 0, 1 or 2.</param>
/// <param name="Word">What we say.</param>
/// <param name="IsAccepted">Whether we accept it.</param>
/// <param name="OlderAccepts">Whether <c>JwtSecurityTokenHandler</c> does.</param>
/// <param name="NewerAccepts">Whether <c>JsonWebTokenHandler</c> does.</param>
internal sealed record Verdict(Specimen Specimen, int Twists, string Word, bool IsAccepted, bool OlderAccepts, bool NewerAccepts)
{
    public IReadOnlyList<StricterRule> Rules { get; } = [.. StricterRules.All.Where(rule => rule.Applies(Specimen))];

    public bool IsStricter => !IsAccepted && (OlderAccepts || NewerAccepts);

    public override string ToString() =>
        $"{Word}, older {OlderAccepts}, newer {NewerAccepts}, rules [{string.Join(", ", Rules)}]: {Specimen.Header} {Specimen.Payload} "
        + $"{Specimen.Signature} {Specimen.Spelling}";
}
