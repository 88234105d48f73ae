using CfAccess.AspNetCore.Teams;
using Microsoft.IdentityModel.JsonWebTokens;

namespace CfAccess.AspNetCore.Tokens;

/// <summary>A token that passed every check, with the team that signed it.</summary>
internal sealed record ValidatedToken(JsonWebToken Jwt, TokenClaims Claims, AccessTeam Team);
