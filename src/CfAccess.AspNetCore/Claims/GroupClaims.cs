using System.Security.Claims;

namespace CfAccess.AspNetCore.Claims;

/// <summary>The claims that groups become: the name is a role, the id is a claim of its own.</summary>
internal static class GroupClaims
{
    public static IEnumerable<PreparedClaim> Of(IEnumerable<AccessGroup> groups, string roleType)
    {
        foreach (var group in groups)
        {
            if (group.Name is { Length: > 0 } name)
            {
                yield return new PreparedClaim(roleType, name, ClaimValueTypes.String);
            }

            if (group.Id is { Length: > 0 } id)
            {
                yield return new PreparedClaim(AccessClaimTypes.GroupId, id, ClaimValueTypes.String);
            }
        }
    }
}
