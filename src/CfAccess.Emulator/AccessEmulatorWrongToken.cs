namespace CfAccess.Emulator;

/// <summary>Tokens that are wrong in one way, and that an application must refuse.</summary>
public enum AccessEmulatorWrongToken
{
    /// <summary>For another application.</summary>
    OtherAudience,

    /// <summary>Of another team.</summary>
    OtherIssuer,

    /// <summary>Expired an hour ago.</summary>
    Expired,

    /// <summary>Valid from an hour on.</summary>
    NotYetValid,

    /// <summary>Without <c>exp</c>.</summary>
    WithoutExpiration,

    /// <summary>The token of a login redirect, which anyone can get: <c>type</c> is <c>meta</c>, there is no issuer.</summary>
    Meta,

    /// <summary>The token of the global session: <c>type</c> is <c>org</c>.</summary>
    Organization,

    /// <summary>Not signed: <c>alg</c> is <c>none</c>.</summary>
    WithoutSignature,

    /// <summary>Signed with a key that was never published.</summary>
    UnknownKey,

    /// <summary>Signed with another key than its key id says.</summary>
    ForgedSignature,
}
