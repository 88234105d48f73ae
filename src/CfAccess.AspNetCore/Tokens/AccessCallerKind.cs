namespace CfAccess.AspNetCore.Tokens;

/// <summary>Who a token speaks for.</summary>
internal enum AccessCallerKind
{
    /// <summary>Neither: a request that passed by a client certificate alone, say. Authenticated, and nobody that a policy can name.</summary>
    Unknown,

    /// <summary>A person: has an e-mail address.</summary>
    User,

    /// <summary>A service token: no e-mail, an empty subject, and its Client ID as the common name.</summary>
    ServiceToken,
}
