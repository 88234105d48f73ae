namespace CfAccess.Emulator;

/// <summary>What a policy does for those who match it. Source: Cloudflare One documentation, "Access policies", Actions.</summary>
public enum AccessEmulatorPolicyAction
{
    /// <summary>Lets people in after a login.</summary>
    Allow,

    /// <summary>Lets service tokens in.</summary>
    ServiceAuth,

    /// <summary>Takes the paths out of Access: every request reaches the app, and none has an assertion.</summary>
    Bypass,
}
