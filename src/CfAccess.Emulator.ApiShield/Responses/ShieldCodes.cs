namespace CfAccess.Emulator.ApiShield.Responses;

/// <summary>
/// The codes of errors and messages. All from 990000 to 990099 are the emulator's own, and their messages say so; the others are Cloudflare's.
/// </summary>
internal static class ShieldCodes
{
    /// <summary>Cloudflare's: there is no such route.</summary>
    public const int NoRoute = 7003;

    /// <summary>The caller is not on this machine.</summary>
    public const int NotLocal = 990001;

    /// <summary>The secret is missing or wrong.</summary>
    public const int Unauthorized = 990002;

    /// <summary>The route has no such method.</summary>
    public const int NotAllowed = 990003;

    /// <summary>The body is not declared as JSON.</summary>
    public const int ContentType = 990004;

    /// <summary>The body is too long.</summary>
    public const int TooLong = 990005;

    /// <summary>The body or the query says something that cannot be.</summary>
    public const int Invalid = 990006;

    /// <summary>There is no object of this id.</summary>
    public const int Unknown = 990007;

    /// <summary>A rule needs what was to be deleted.</summary>
    public const int InUse = 990008;

    /// <summary>The file could not be written.</summary>
    public const int NotSaved = 990009;

    /// <summary>A message: something was dropped, completed, or is likely not what was meant.</summary>
    public const int Noticed = 990010;

    /// <summary>The emulator has a defect.</summary>
    public const int Failed = 990011;

    public const string OwnPrefix = "CfAccess emulator: ";

    public static bool IsOwn(int code) => code is >= 990000 and <= 990099;
}
