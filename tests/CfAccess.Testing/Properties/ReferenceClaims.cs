using System.Text.Json;

namespace CfAccess.Testing.Properties;

/// <summary>The rules for a payload once more, slowly and plainly.</summary>
internal static class ReferenceClaims
{
    /// <summary>What is wrong with a payload that has no problem.</summary>
    public const string None = "";

    private const long Skew = 60;
    private const long LastSecond = 253402300799;

    /// <summary>The members that are read, and so have to be valid Unicode throughout. Any other that is not is ignored.</summary>
    private static readonly string[] Read = ["iss", "aud", "exp", "nbf", "iat", "type", "email", "sub", "common_name", "custom"];

    private static readonly long Now = TestClock.DefaultStart.ToUnixTimeSeconds();

    public static string Problem(JsonElement payload)
    {
        var named = payload.EnumerateObject().Where(member => NameOf(member) is not null).ToList();
        if (named.DistinctBy(member => member.Name).Count() != named.Count)
        {
            return "duplicate";
        }

        var members = named.ToDictionary(member => member.Name, member => member.Value);
        var exp = Time(members, "exp");
        return 0 switch
        {
            _ when members.Any(member => Read.Contains(member.Key) && !IsTextThroughout(member.Value)) => "text",
            _ when Text(members, "iss") != TestTeam.Issuer => "iss",
            _ when Text(members, "type") != "app" => "type",
            _ when !new[] { "email", "sub", "common_name" }.All(name => IsAbsent(members, name) || Text(members, name) is not null) => "text",
            _ when !IsAudience(members) => "aud",
            _ when exp is not > 0 || Now >= exp + Skew => "exp",
            _ when members.ContainsKey("nbf") && (Time(members, "nbf") is not { } nbf || Now < nbf - Skew) => "nbf",
            _ when members.ContainsKey("nbf") && Time(members, "nbf") > exp => "nbf after exp",
            _ when members.ContainsKey("iat") && (Time(members, "iat") is not { } iat || Now < iat - Skew) => "iat",
            _ => None,
        };
    }

    private static bool IsAbsent(Dictionary<string, JsonElement> members, string name) =>
        !members.TryGetValue(name, out var value) || value.ValueKind == JsonValueKind.Null;

    private static string? Text(Dictionary<string, JsonElement> members, string name) =>
        members.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>A lone surrogate escape is not valid Unicode: to read it throws.</summary>
    internal static bool IsTextThroughout(JsonElement value)
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.String => value.GetString() is not null,
                JsonValueKind.Array => value.EnumerateArray().All(IsTextThroughout),
                JsonValueKind.Object => value.EnumerateObject().All(member => member.Name is not null && IsTextThroughout(member.Value)),
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <returns>The name; null if it is not valid Unicode.</returns>
    private static string? NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static bool IsAudience(Dictionary<string, JsonElement> members)
    {
        if (!members.TryGetValue("aud", out var aud))
        {
            return false;
        }

        List<JsonElement> values = aud.ValueKind == JsonValueKind.Array ? [.. aud.EnumerateArray()] : [aud];
        return values.TrueForAll(value => value.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(value.GetString()))
            && values.Exists(value => value.GetString() == TestTeam.Audience);
    }

    private static long? Time(Dictionary<string, JsonElement> members, string name) =>
        members.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var seconds)
        && seconds is >= 0 and <= LastSecond
            ? seconds
            : null;
}
