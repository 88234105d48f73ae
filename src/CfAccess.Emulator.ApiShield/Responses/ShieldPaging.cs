using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace CfAccess.Emulator.ApiShield.Responses;

/// <summary>Which page of a list is asked for.</summary>
/// <param name="Number">The first is 1.</param>
/// <param name="Size">How many objects a page has.</param>
internal sealed record ShieldPaging(int Number, int Size)
{
    public static readonly IReadOnlyList<string> Names = [NumberName, SizeName];

    private const int DefaultSize = 20;
    private const int SmallestSize = 5;
    private const int LargestSize = 50;
    private const string NumberName = "page";
    private const string SizeName = "per_page";

    public static (ShieldPaging? Paging, string? Problem) Read(IQueryCollection query)
    {
        var (number, size) = (Value(query, NumberName, 1), Value(query, SizeName, DefaultSize));
        return (number, size) switch
        {
            (null or < 1, _) => (null, $"{NumberName} has to be a whole number from 1."),
            (_, null or < SmallestSize or > LargestSize) =>
                (null, $"{SizeName} has to be a whole number from {SmallestSize} to {LargestSize}; without it there are {DefaultSize} on a page."),
            _ => (new(number.Value, size.Value), null),
        };
    }

    public (IReadOnlyList<T> Items, ShieldPage Page) Of<T>(IReadOnlyList<T> all)
    {
        var start = Math.Min((Number - 1L) * Size, all.Count);
        List<T> items = [.. all.Skip((int)start).Take(Size)];
        return (items, new(this, items.Count, all.Count));
    }

    private static int? Value(IQueryCollection query, string name, int otherwise) => query[name] switch
    {
        [] => otherwise,
        [var one] when int.TryParse(one, NumberStyles.None, CultureInfo.InvariantCulture, out var value) => value,
        _ => null,
    };
}
