namespace CfAccess.ApiShield;

/// <summary>Names that the API Shield middleware goes by.</summary>
public static class ApiShieldDefaults
{
    /// <summary>The section of configuration that options are read from: <c>ApiShield</c>.</summary>
    public const string ConfigurationSection = "ApiShield";

    /// <summary>The name of the meter and of the activity source: <c>CfAccess</c>.</summary>
    public const string DiagnosticsName = "CfAccess";
}
