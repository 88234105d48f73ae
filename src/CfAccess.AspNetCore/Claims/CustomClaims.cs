using System.Diagnostics.CodeAnalysis;
using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.IdentityModel.JsonWebTokens;

namespace CfAccess.AspNetCore.Claims;

/// <summary>
/// The member <c>custom</c> of a token: SAML attributes and OIDC claims that the administrator chose. Source: Cloudflare One documentation,
/// "Application token", Custom SAML attributes and OIDC claims.
/// </summary>
internal static class CustomClaims
{
    /// <summary>The beginning of the types of claims that stand for its members.</summary>
    public const string Prefix = "custom:";

    /// <summary>Reads it where it is one object, and no member of it comes twice: readers would differ on which of them counts.</summary>
    /// <param name="token">The verified token.</param>
    /// <param name="custom">The object; empty if there is none.</param>
    /// <param name="isOdd">Whether there is something else in its place.</param>
    /// <returns>Whether there is one.</returns>
    public static bool TryRead(JsonWebToken token, out JsonElement custom, out bool isOdd)
    {
        if (token.TryGetPayloadValue(AccessClaimTypes.Custom, out custom))
        {
            // A null comes as no element at all.
            var isNothing = custom.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null;
            isOdd = !isNothing && (custom.ValueKind != JsonValueKind.Object || HasRepeatedMember(custom));
            return !isNothing && !isOdd;
        }

        // It is absent, or a single value.
        isOdd = token.TryGetPayloadValue<object>(AccessClaimTypes.Custom, out var other) && other is not null;
        return false;
    }

    /// <summary>Makes a claim of each value: of each element where a member is an array.</summary>
    public static void Add(JsonElement custom, List<PreparedClaim> claims)
    {
        foreach (var member in custom.EnumerateObject())
        {
            var type = Prefix + member.Name;
            if (member.Value.ValueKind == JsonValueKind.Array)
            {
                foreach (var element in member.Value.EnumerateArray())
                {
                    Add(type, element, claims);
                }
            }
            else
            {
                Add(type, member.Value, claims);
            }
        }
    }

    /// <summary>Reads one member of it, as a principal has it.</summary>
    /// <returns>The value; the default where it is missing or has another shape.</returns>
    public static T? Read<T>(string custom, string name, JsonTypeInfo<T> typeInfo)
    {
        try
        {
            using var document = JsonDocument.Parse(custom);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(name, out var value)
                ? value.Deserialize(typeInfo)
                : default;
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static void Add(string type, JsonElement value, List<PreparedClaim> claims)
    {
        if (Text(value, out var valueType) is { } text)
        {
            claims.Add(new PreparedClaim(type, text, valueType));
        }
    }

    private static string? Text(JsonElement value, [NotNull] out string? valueType)
    {
        (var text, valueType) = value.ValueKind switch
        {
            JsonValueKind.String => (value.GetString(), ClaimValueTypes.String),
            JsonValueKind.True => ("true", ClaimValueTypes.Boolean),
            JsonValueKind.False => ("false", ClaimValueTypes.Boolean),
            JsonValueKind.Number => (value.GetRawText(), value.TryGetInt64(out _) ? ClaimValueTypes.Integer64 : ClaimValueTypes.Double),
            JsonValueKind.Object or JsonValueKind.Array => (value.GetRawText(), JsonClaimValueTypes.Json),
            _ => (null, ClaimValueTypes.String),
        };
        return text;
    }

    private static bool HasRepeatedMember(JsonElement custom)
    {
        var count = custom.GetPropertyCount();
        if (count < 2)
        {
            return false;
        }

        var names = new HashSet<string>(count, StringComparer.Ordinal);
        return custom.EnumerateObject().Any(member => !names.Add(member.Name));
    }
}
