using System.Buffers.Text;
using System.Text.Json;
using CfAccess.AspNetCore;

namespace CfAccess.Testing.Attacks;

/// <summary>The texts of a request by which its client would be recognised in a log or an answer.</summary>
public static class ClientTraces
{
    private const int Shortest = 6;
    private const int PartLength = 12;

    /// <summary>What a log may hold because the application was configured with it, or speaks of it anyway.</summary>
    private static readonly string[] Configured =
    [
        TestTeam.CertsUrl.AbsoluteUri,
        TestTeam.PartnerCertsUrl.AbsoluteUri,
        TestTeam.Audience,
        TestTeam.OtherAudience,
        TestTeam.PartnerAudience,
        TestTeam.Group,
        CloudflareAccessDefaults.AuthorizationCookie,
    ];

    public static IReadOnlySet<string> Of(AttackRequest request)
    {
        var traces = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (_, value) in request.Headers)
        {
            AddText(value);
        }

        AddText(request.Target?.Split('=')[^1]);
        traces.RemoveWhere(trace =>
            trace.Length < Shortest || Configured.Any(own => own.Contains(trace, StringComparison.OrdinalIgnoreCase)));
        return traces;

        void AddText(string? text)
        {
            foreach (var part in (text ?? string.Empty).Split(['.', ' ', '=', ';', '\r', '\n']).Take(10))
            {
                traces.Add(part.Length <= PartLength ? part : part[..PartLength]);
                traces.Add(part.Length <= PartLength ? part : part[^PartLength..]);
                AddMembers(part, traces);
            }
        }
    }

    /// <summary>The member values of a segment that is JSON.</summary>
    private static void AddMembers(string segment, HashSet<string> traces)
    {
        if (segment.Length is 0 or > 50_000 || !Base64Url.IsValid(segment))
        {
            return;
        }

        try
        {
            using var json = JsonDocument.Parse(Base64Url.DecodeFromChars(segment), new() { MaxDepth = 8 });
            AddValues(json.RootElement, traces);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // No JSON, or no text: then the segment itself is the only trace.
        }
    }

    private static void AddValues(JsonElement json, HashSet<string> traces)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in json.EnumerateObject().Take(100))
                {
                    AddValues(member.Value, traces);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in json.EnumerateArray().Take(100))
                {
                    AddValues(item, traces);
                }

                break;
            case JsonValueKind.String:
                traces.Add(json.GetString()!);
                break;
            default:
                break;
        }
    }
}
