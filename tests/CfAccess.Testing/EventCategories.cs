using Microsoft.Extensions.Logging;

namespace CfAccess.Testing;

/// <summary>The published log categories, and the ids of the events of each. Applications filter by these names, so a name never changes.</summary>
public static class EventCategories
{
    /// <summary>How the events of ASP.NET Core's own handler base class start. Their category is the name of the handler's class.</summary>
    public const string FrameworkEvent = "AuthenticationScheme";

    public static IReadOnlyList<(string Name, int FirstId, int LastId)> Published { get; } =
    [
        ("CfAccess.Authentication", 1, 20),
        ("CfAccess.Authorization", 21, 99),
        ("CfAccess.Keys", 101, 199),
        ("CfAccess.Identity", 201, 299),
        ("CfAccess.ExternalEvaluation", 301, 399),
        ("CfAccess.Connections", 401, 499),
        ("CfAccess.ApiShield", 1001, 1099),
        ("CfAccess.ApiShield.Requests", 1001, 1099),
        ("CfAccess.Emulator", 2001, 2099),
    ];

    /// <returns>Whether an event of that id belongs to the category.</returns>
    public static bool Contains(string category, int id) =>
        Published.Any(published => published.Name == category && published.FirstId <= id && id <= published.LastId);

    /// <returns>Whether an event of CfAccess is in a category to which it does not belong.</returns>
    public static bool IsMisplaced(string category, EventId id) =>
        IsOurs(category) && !Contains(category, id.Id) && id.Name?.StartsWith(FrameworkEvent, StringComparison.Ordinal) != true;

    private static bool IsOurs(string category) =>
        category.StartsWith("CfAccess.", StringComparison.Ordinal) && !category.Contains(".Tests.", StringComparison.Ordinal);
}
