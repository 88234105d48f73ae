namespace CfAccess.Testing.Leaks;

/// <summary>What log events of other libraries may hold.</summary>
public static class LogExcuses
{
    /// <summary>These tell the request line, and bytes that they cannot parse, for every application, whatever authenticates it.</summary>
    private static readonly string[] OfRequests =
        ["Microsoft.AspNetCore.Hosting.Diagnostics", "Microsoft.AspNetCore.Server.", "Microsoft.AspNetCore.Routing."];

    public static Excuse ExcuseOf(string category) => category switch
    {
        // An application that keeps JwtBearer keeps its log, which names the key of a token that was refused.
        "Microsoft.AspNetCore.Authentication.JwtBearer.JwtBearerHandler" => Excuse.Kid,

        // It tells which requirements were not met: those are the application's own.
        "Microsoft.AspNetCore.Authorization.DefaultAuthorizationService" => Excuse.ClientId,
        _ => Excuse.None,
    };

    public static bool TellsRequests(string category) =>
        OfRequests.Any(start => category.StartsWith(start, StringComparison.Ordinal));
}
