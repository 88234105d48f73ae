using System.Text.Json;

namespace CfAccess.Cli.Tokens;

/// <summary>What kind of token it is, by what it says of itself. Nothing of that is verified.</summary>
internal static class TokenKind
{
    public const string Person = "person";
    public const string Service = "service";
    public const string Unnamed = "unnamed";
    public const string Organization = "org";
    public const string Meta = "meta";
    public const string Match = "match";
    public const string Evaluation = "external_evaluation";
    public const string NotAccess = "not_access";
    public const string NoToken = "no_token";

    public static string Of(LooseToken token) => token switch
    {
        { Header: null } or { Payload: null } => NoToken,
        _ when token.PayloadString("type") is { } type => OfType(type, token),
        _ when token.Payload is { } payload && payload.TryGetProperty("identity", out var identity) && identity.ValueKind == JsonValueKind.Object
            && token.PayloadString("nonce") is not null => Evaluation,
        _ => NotAccess,
    };

    /// <summary>What that means, in a sentence.</summary>
    public static string Describe(string kind) => kind switch
    {
        Person => "an application token of a person: what an application wants",
        Service => "an application token of a service token: has a Client ID, and no e-mail address",
        Unnamed => "an application token that names neither a person nor a service token, as for a request let in by a client certificate alone",
        Organization => "the global session of a person on the team domain (type org): no application takes it",
        Meta => "the meta token of a login redirect: anyone gets one without a login, and no application takes it",
        Match => "the token of the header CF-Access-Metadata (type match): anyone gets one without a login, and no application takes it",
        Evaluation => "a request of External Evaluation, made for an evaluation URL",
        NotAccess => "a JWT, but not one of Cloudflare Access",
        _ => "not a JWT",
    };

    private static string OfType(string type, LooseToken token) => type switch
    {
        "app" when token.PayloadString("email") is { Length: > 0 } => Person,
        "app" when token.PayloadString("sub") is "" && token.PayloadString("common_name") is { Length: > 0 } => Service,
        "app" => Unnamed,
        "org" => Organization,
        "meta" => Meta,
        "match" => Match,
        _ => NotAccess,
    };
}
