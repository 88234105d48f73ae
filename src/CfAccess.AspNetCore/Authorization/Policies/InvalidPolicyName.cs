using Microsoft.AspNetCore.Authorization;

namespace CfAccess.AspNetCore.Authorization.Policies;

/// <summary>Stands for a policy name that starts like one of ours and cannot be read. Nothing handles it, so it is never met.</summary>
internal sealed class InvalidPolicyName(string name) : IAuthorizationRequirement
{
    private const int MaxLength = 200;

    public override string ToString() => $"the policy '{Shorten(name)}', which is not a valid name of an Access policy";

    public static string Shorten(string name) => name.Length <= MaxLength ? name : name[..MaxLength] + "…";
}
