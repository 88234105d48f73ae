namespace CfAccess.ApiShield;

/// <summary>What a problem of a document means.</summary>
public enum ApiShieldSeverity
{
    /// <summary>The documents are used, but something was dropped, completed or is likely not what was meant.</summary>
    Warning,

    /// <summary>The documents are not used at all.</summary>
    Error,
}
