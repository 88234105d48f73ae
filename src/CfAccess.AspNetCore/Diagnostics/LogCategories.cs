namespace CfAccess.AspNetCore.Diagnostics;

/// <summary>The names of log categories. They are stable, so that a class can move without breaking an application's log filters.</summary>
internal static class LogCategories
{
    public const string Authentication = "CfAccess.Authentication";
    public const string Authorization = "CfAccess.Authorization";
    public const string Connections = "CfAccess.Connections";
    public const string ExternalEvaluation = "CfAccess.ExternalEvaluation";
    public const string Identity = "CfAccess.Identity";
    public const string Keys = "CfAccess.Keys";
}
