namespace CfAccess.ApiShield;

/// <summary>The three documents that make a rule set.</summary>
public enum ApiShieldDocumentKind
{
    /// <summary>The token configurations: keys, and where tokens are.</summary>
    Configurations,

    /// <summary>The token validation rules, the first having precedence.</summary>
    Rules,

    /// <summary>The saved operations.</summary>
    Operations,
}
