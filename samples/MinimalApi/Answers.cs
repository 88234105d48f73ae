using System.Security.Claims;
using System.Text.Json.Serialization;

namespace MinimalApi;

internal sealed record Caller(
    string? Email,
    string? ServiceToken,
    string? Subject,
    IReadOnlyList<string> Audience,
    DateTimeOffset? Expires,
    IReadOnlyList<string> Groups)
{
    public static Caller Of(ClaimsPrincipal user) => new(
        user.GetAccessEmail(),
        user.GetAccessServiceToken(),
        user.GetAccessSubject(),
        user.GetAccessAudiences(),
        user.GetAccessExpiration(),
        user.GetAccessGroups());
}

internal sealed record Visitor(bool Known, string? Name)
{
    public static Visitor Of(ClaimsPrincipal user) => new(user.Identity?.IsAuthenticated is true, user.Identity?.Name);
}

/// <summary>JSON by source generation, so that the app can be trimmed.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Caller))]
[JsonSerializable(typeof(Visitor))]
internal sealed partial class SampleJson : JsonSerializerContext;
