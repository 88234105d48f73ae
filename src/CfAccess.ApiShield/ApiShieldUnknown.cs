namespace CfAccess.ApiShield;

/// <summary>What happens to a request that the documents do not know.</summary>
public enum ApiShieldUnknown
{
    /// <summary>It goes on, unchecked.</summary>
    Allow,

    /// <summary>It is answered 403.</summary>
    Block,
}
