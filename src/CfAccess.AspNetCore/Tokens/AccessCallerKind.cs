namespace CfAccess.AspNetCore.Tokens;

/// <summary>Who a token speaks for.</summary>
internal enum AccessCallerKind
{
    /// <summary>Neither: a request that passed by a client certificate alone, say. Authenticated, and nobody that a policy can name.</summary>
    Unknown,

    /// <summary>A person: has an email address, or a subject and no common name.</summary>
    User,

    /// <summary>A service token: has its Client ID as the common name, and neither an email address nor a subject.</summary>
    ServiceToken,
}
