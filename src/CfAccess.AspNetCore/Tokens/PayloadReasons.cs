using CfAccess.Shared.Jwt;

namespace CfAccess.AspNetCore.Tokens;

/// <summary>Converts a problem of a payload to the reason that the library reports.</summary>
internal static class PayloadReasons
{
    public static AccessFailureReason? ToReason(this PayloadProblem? problem) => problem switch
    {
        null => null,
        PayloadProblem.Malformed => AccessFailureReason.Malformed,
        _ => AccessFailureReason.InvalidClaims,
    };
}
