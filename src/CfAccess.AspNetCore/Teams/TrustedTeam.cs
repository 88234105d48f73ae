namespace CfAccess.AspNetCore.Teams;

/// <summary>One team as the settings of one scheme describe it.</summary>
/// <param name="Scheme">The scheme that trusts the team.</param>
/// <param name="Path">The configuration key above the team's settings.</param>
/// <param name="Issuer">The team.</param>
/// <param name="Audiences">The AUD tags that the scheme accepts from the team.</param>
/// <param name="GroupClaimType">The claim type of the team's groups; null if the team creates none.</param>
/// <param name="IsOneOrganization">Whether the scheme declares all of its teams to be one organization.</param>
internal sealed record TrustedTeam(
    string Scheme, string Path, string Issuer, IReadOnlyList<string> Audiences, string? GroupClaimType, bool IsOneOrganization);
