namespace CfAccess.AspNetCore.Identity;

/// <summary>How a call of get-identity ended. The name in lower case, with underscores, is the metric's tag.</summary>
internal enum IdentityFetchOutcome
{
    /// <summary>The identity of the person whom the token names.</summary>
    Success,

    /// <summary>No connection, or it broke.</summary>
    Unreachable,

    /// <summary>Not done within the time for one call.</summary>
    Timeout,

    /// <summary>The team could not serve the call now: 429, or 500 and above.</summary>
    Overloaded,

    /// <summary>Another answer that is not 200 from the URL that was asked.</summary>
    Refused,

    /// <summary>An answer that is no identity.</summary>
    Unusable,

    /// <summary>The identity of somebody else.</summary>
    WrongPerson,
}

/// <summary>The one word of each outcome.</summary>
internal static class IdentityFetchOutcomeWords
{
    public static string Word(this IdentityFetchOutcome outcome) => outcome switch
    {
        IdentityFetchOutcome.Success => "success",
        IdentityFetchOutcome.Unreachable => "unreachable",
        IdentityFetchOutcome.Timeout => "timeout",
        IdentityFetchOutcome.Overloaded => "overloaded",
        IdentityFetchOutcome.Refused => "refused",
        IdentityFetchOutcome.Unusable => "unusable",
        _ => "wrong_person",
    };
}
