namespace CfAccess.Emulator.Applications;

/// <summary>What the edge does with a request.</summary>
internal enum Decision
{
    /// <summary>Sends it on with an assertion.</summary>
    Allow,

    /// <summary>Sends it on with none.</summary>
    Bypass,

    /// <summary>Asks for a login.</summary>
    LogIn,

    /// <summary>Refuses it.</summary>
    Deny,
}
