namespace CfAccess.AspNetCore.Keys;

/// <summary>How a fetch ended. The name in lower case is the metric's tag.</summary>
internal enum KeyFetchOutcome
{
    /// <summary>A usable key set.</summary>
    Success,

    /// <summary>No connection, or it broke.</summary>
    Unreachable,

    /// <summary>Not done within the time for one fetch.</summary>
    Timeout,

    /// <summary>An answer that is not 200 from the URL that was asked.</summary>
    Refused,

    /// <summary>An answer that is no key set, or holds no usable key.</summary>
    Unusable,
}

/// <summary>The one word of each outcome.</summary>
internal static class KeyFetchOutcomeWords
{
    public static string Word(this KeyFetchOutcome outcome) => outcome switch
    {
        KeyFetchOutcome.Success => "success",
        KeyFetchOutcome.Unreachable => "unreachable",
        KeyFetchOutcome.Timeout => "timeout",
        KeyFetchOutcome.Refused => "refused",
        _ => "unusable",
    };
}
