namespace CfAccess.Benchmarks.Soak;

/// <summary>How one answer is to be judged. The first five are in order.</summary>
internal enum Verdict
{
    Accepted,

    /// <summary>401 for a token that is bad, or whose key is published no more.</summary>
    Refused,

    /// <summary>401 for a good token whose key was not published yet, or only after the fetch that decided.</summary>
    RefusedEarly,

    /// <summary>401 for a good token whose key no answer had brought yet, since a fetch for it failed.</summary>
    RefusedForFailedFetch,

    /// <summary>503 while no trusted key set may have been held.</summary>
    Unavailable,

    FalseAccept,
    FalseRefusal,

    /// <summary>503 although a trusted key set was held.</summary>
    FalseUnavailable,

    /// <summary>A 5xx other than 503.</summary>
    ServerError,

    /// <summary>An answer that nothing here explains, such as 403.</summary>
    Unexpected,

    /// <summary>No answer in time, or a broken connection.</summary>
    Unanswered,
}
