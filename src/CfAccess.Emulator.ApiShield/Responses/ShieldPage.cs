using System.Text.Json;

namespace CfAccess.Emulator.ApiShield.Responses;

/// <summary>A page of a list.</summary>
/// <param name="Wanted">Which was asked for.</param>
/// <param name="Count">How many objects are on it.</param>
/// <param name="Total">How many there are on all pages.</param>
internal sealed record ShieldPage(ShieldPaging Wanted, int Count, int Total)
{
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("result_info");
        writer.WriteNumber("page", Wanted.Number);
        writer.WriteNumber("per_page", Wanted.Size);
        writer.WriteNumber("count", Count);
        writer.WriteNumber("total_count", Total);
        writer.WriteNumber("total_pages", (Total + Wanted.Size - 1) / Wanted.Size);
        writer.WriteEndObject();
    }
}
