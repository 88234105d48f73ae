namespace CfAccess.Testing.Attacks;

/// <summary>The endpoints of an application under attack.</summary>
public static class AttackPaths
{
    /// <summary>Wants any caller.</summary>
    public const string Me = "/me";

    /// <summary>Wants nobody, and answers with the caller's name or <c>nobody</c>.</summary>
    public const string Open = "/open";

    /// <summary>Wants a token for <see cref="TestTeam.OtherAudience"/>.</summary>
    public const string OtherApplication = "/other";

    /// <summary>Wants the role <see cref="TestTeam.Group"/>.</summary>
    public const string Role = "/role";

    /// <summary>Wants the group <see cref="TestTeam.Group"/>, of whatever team where there is only one.</summary>
    public const string Group = "/group";

    /// <summary>Wants the group <see cref="TestTeam.Group"/> of the first team.</summary>
    public const string GroupOfTeam = "/team/group";

    /// <summary>Wants a person of the first team.</summary>
    public const string UserOfTeam = "/team/user";

    /// <summary>Wants the caller's name to be <see cref="TestTeam.Email"/>.</summary>
    public const string Name = "/name";
}
