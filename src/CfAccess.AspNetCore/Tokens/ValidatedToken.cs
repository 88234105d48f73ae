using CfAccess.AspNetCore.Teams;
using Microsoft.IdentityModel.JsonWebTokens;

namespace CfAccess.AspNetCore.Tokens;

/// <summary>A token that passed every check, with the team that signed it. No record: its text would be the token.</summary>
internal sealed class ValidatedToken(JsonWebToken jwt, TokenClaims claims, AccessTeam team)
{
    public JsonWebToken Jwt { get; } = jwt;

    public TokenClaims Claims { get; } = claims;

    public AccessTeam Team { get; } = team;
}
