namespace CfAccess.Benchmarks.Parties;

/// <summary>Who takes part.</summary>
internal enum Party
{
    /// <summary>This project.</summary>
    CfAccess,

    /// <summary>This project without its cache of tokens.</summary>
    CfAccessUncached,

    /// <summary>What it could be replaced with: <c>Microsoft.AspNetCore.Authentication.JwtBearer</c>.</summary>
    JwtBearer,

    /// <summary>A handler that lets everybody in.</summary>
    Constant,

    /// <summary>No handler: the signature check of .NET alone, or on Kestrel an application without authentication.</summary>
    Bare,
}
