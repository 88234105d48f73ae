namespace CfAccess.Emulator;

/// <summary>What a token is signed with.</summary>
public enum AccessEmulatorSigningKey
{
    /// <summary>The current key.</summary>
    Current,

    /// <summary>The key before the current one.</summary>
    Previous,

    /// <summary>A key that is not the team's, under a key id that was never published.</summary>
    Unknown,

    /// <summary>A key that is not the team's, under the current key's id.</summary>
    Forged,

    /// <summary>Nothing: the algorithm is <c>none</c>, and the signature is empty.</summary>
    None,
}
