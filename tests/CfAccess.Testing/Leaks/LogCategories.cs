namespace CfAccess.Testing.Leaks;

/// <summary>Whose log events are whose.</summary>
public static class LogCategories
{
    /// <summary>These tell the request line, and bytes that they cannot parse, for every application, whatever authenticates it.</summary>
    private static readonly string[] OfRequests =
        ["Microsoft.AspNetCore.Hosting.Diagnostics", "Microsoft.AspNetCore.Server.", "Microsoft.AspNetCore.Routing."];

    private static readonly string[] Own = ["CfAccess.AspNetCore.", "CfAccess.ApiShield.", "CfAccess.Emulator.", "CfAccess.Cli."];

    public static Excuse ExcuseOf(string category) => category switch
    {
        // An application that keeps JwtBearer keeps its log, which names the key of a token that was refused.
        "Microsoft.AspNetCore.Authentication.JwtBearer.JwtBearerHandler" => Excuse.Kid,

        // It tells which requirements were not met: those are the application's own.
        "Microsoft.AspNetCore.Authorization.DefaultAuthorizationService" => Excuse.ClientId,
        _ => Excuse.None,
    };

    public static bool TellsRequests(string category) => StartsWithOne(category, OfRequests);

    public static bool IsOurs(string category) => StartsWithOne(category, Own) && !category.Contains(".Tests.", StringComparison.Ordinal);

    private static bool StartsWithOne(string category, string[] starts) =>
        starts.Any(start => category.StartsWith(start, StringComparison.Ordinal));
}
