using CfAccess.ApiShield.Expressions.TextTests;

namespace CfAccess.ApiShield.Expressions.Syntax;

/// <summary>The words of the language.</summary>
internal static class Words
{
    public const string IsValid = "is_jwt_valid";
    public const string IsPresent = "is_jwt_present";
    public const string Lookup = "lookup_json_string";

    public const string Method = "http.request.method";
    public const string Host = "http.host";
    public const string Path = "http.request.uri.path";
    public const string Headers = "http.request.headers";
    public const string Cookies = "http.request.cookies";
    public const string Claims = "http.request.jwt.claims";

    public const string Not = "not";
    public const string And = "and";
    public const string Xor = "xor";
    public const string Or = "or";

    public const string Contains = "contains";
    public const string In = "in";
    public const string Strict = "strict";
    public const string Wildcard = "wildcard";
    public const string Matches = "matches";

    public static string Of(TextOrder order) => order switch
    {
        TextOrder.Equal => "eq",
        TextOrder.NotEqual => "ne",
        TextOrder.Less => "lt",
        TextOrder.LessOrEqual => "le",
        TextOrder.Greater => "gt",
        _ => "ge",
    };

    public static TextOrder? OrderOf(string operatorText) => operatorText switch
    {
        "eq" or "==" => TextOrder.Equal,
        "ne" or "!=" => TextOrder.NotEqual,
        "lt" or "<" => TextOrder.Less,
        "le" or "<=" => TextOrder.LessOrEqual,
        "gt" or ">" => TextOrder.Greater,
        "ge" or ">=" => TextOrder.GreaterOrEqual,
        _ => null,
    };

    public static bool IsComparison(string operatorText) =>
        OrderOf(operatorText) is not null || operatorText is Contains or In or Strict or Wildcard or Matches or "~";
}
