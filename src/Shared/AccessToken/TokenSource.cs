namespace CfAccess.Shared.AccessToken;

/// <summary>Where a token came from, for logs and metrics.</summary>
internal enum TokenSource
{
    Header,
    Cookie,
    Event,

    /// <summary>The application gave it, outside a request.</summary>
    Application,
}

/// <summary>The one word of each source.</summary>
internal static class TokenSourceWords
{
    public static string Word(this TokenSource source) => source switch
    {
        TokenSource.Header => "header",
        TokenSource.Cookie => "cookie",
        TokenSource.Event => "event",
        _ => "application",
    };
}
