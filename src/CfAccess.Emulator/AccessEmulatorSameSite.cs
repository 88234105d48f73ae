namespace CfAccess.Emulator;

/// <summary>
/// The values of the attribute <c>SameSite</c> that Access can give its cookie. Source: Cloudflare One documentation, "Authorization cookie".
/// </summary>
public enum AccessEmulatorSameSite
{
    /// <summary>Requests from pages of any site carry the cookie.</summary>
    None,

    /// <summary>Requests from pages of other sites carry the cookie only if a person follows a link.</summary>
    Lax,

    /// <summary>Requests from pages of other sites never carry the cookie.</summary>
    Strict,
}
