namespace CfAccess.AspNetCore.Authorization;

/// <summary>What an Access requirement demands. The names are part of the policy names, and so must not change.</summary>
internal enum AccessRequirementKind
{
    User,
    Identity,
    ServiceToken,
    Group,
    GroupId,
    EmailDomain,
    Audience,
}
