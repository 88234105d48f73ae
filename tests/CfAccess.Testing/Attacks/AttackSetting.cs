namespace CfAccess.Testing.Attacks;

/// <summary>The application that an attack is made on.</summary>
public enum AttackSetting
{
    /// <summary>One team, one audience, every option as it comes but <c>GroupsClaim</c>.</summary>
    Usual,

    /// <summary>As usual, but with the greatest <c>MaxTokenLength</c> that a test needs.</summary>
    LongTokens,

    /// <summary>Two applications of one team on one host: the audience of the second is demanded at <see cref="AttackPaths.OtherApplication"/>.</summary>
    TwoApplications,

    /// <summary>Two teams, each with its own keys and audience.</summary>
    TwoTeams,

    /// <summary>As usual, but with a name and a role claim type of the application's own: <c>name</c> and <c>role</c>.</summary>
    OwnClaimTypes,

    /// <summary>As usual, but with the long names of <see cref="System.Security.Claims.ClaimTypes"/> for name and role.</summary>
    LongClaimTypes,
}
