namespace CfAccess.Emulator.Sessions;

/// <summary>Why a session ended.</summary>
internal enum SessionEnd
{
    Expired,
    Revoked,
    LoggedOut,
    KeyReplaced,
}

/// <summary>The words for it.</summary>
internal static class SessionEndText
{
    /// <param name="end">Why it ended.</param>
    /// <param name="session">The subject of the sentence, for example "Your session".</param>
    public static string Sentence(this SessionEnd end, string session) => end switch
    {
        SessionEnd.Expired => $"{session} has expired.",
        SessionEnd.Revoked => $"{session} was revoked.",
        SessionEnd.LoggedOut => $"{session} was ended by a logout.",
        _ => $"{session} ended, because its signing key was replaced.",
    };
}
