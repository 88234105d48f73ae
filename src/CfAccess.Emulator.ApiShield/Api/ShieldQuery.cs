using CfAccess.Emulator.ApiShield.Responses;
using Microsoft.AspNetCore.Http;

namespace CfAccess.Emulator.ApiShield.Api;

/// <summary>The query of a call: the page, and the filters.</summary>
internal sealed class ShieldQuery
{
    private const int LongestShownName = 40;
    private readonly Dictionary<string, HashSet<string>> _values = new(StringComparer.Ordinal);

    private ShieldQuery(ShieldPaging paging) => Paging = paging;

    /// <summary>The page of a list.</summary>
    public ShieldPaging Paging { get; }

    /// <summary>Reads a query. A parameter that the call does not know is an error, because an ignored filter would return too much.</summary>
    /// <param name="query">The query.</param>
    /// <param name="isPaged">Whether the call returns pages.</param>
    /// <param name="filters">The filters of the call.</param>
    /// <returns>The query, or what is wrong with it.</returns>
    public static (ShieldQuery? Query, string? Problem) Read(IQueryCollection query, bool isPaged, IReadOnlyList<ShieldFilter> filters)
    {
        string[] known = [.. isPaged ? ShieldPaging.Names : [], .. filters.Select(filter => filter.Name)];
        if (query.Keys.FirstOrDefault(name => !known.Contains(name, StringComparer.Ordinal)) is { } unknown)
        {
            return (null, Unknown(unknown, known));
        }

        var (paging, problem) = ShieldPaging.Read(query);
        if (paging is null)
        {
            return (null, problem);
        }

        var read = new ShieldQuery(paging);
        foreach (var filter in filters.Where(filter => query.ContainsKey(filter.Name)))
        {
            if (!read.Add(filter, query[filter.Name]))
            {
                return (null, $"{filter.Name} has to be {filter.Expected}.");
            }
        }

        return (read, null);
    }

    public bool Has(string key) => _values.ContainsKey(key);

    /// <summary>The value of a parameter that a query has at most once; null if the query does not have the parameter.</summary>
    public string? Value(string key) => _values.TryGetValue(key, out var values) ? values.Single() : null;

    /// <summary>Whether the query does not have the parameter, or has this value.</summary>
    public bool Matches(string key, string value) => !_values.TryGetValue(key, out var values) || values.Contains(value);

    /// <summary>Whether the query does not have the parameter, or has one of these values.</summary>
    public bool Matches(string key, IEnumerable<string> any) => !_values.TryGetValue(key, out var values) || values.Overlaps(any);

    private bool Add(ShieldFilter filter, IReadOnlyList<string?> given)
    {
        var values = filter.IsList ? [.. given.SelectMany(one => (one ?? string.Empty).Split(','))] : given;
        if (values.Count == 0 || (!filter.IsList && values.Count > 1))
        {
            return false;
        }

        if (!_values.TryGetValue(filter.Key, out var read))
        {
            _values.Add(filter.Key, read = new(StringComparer.OrdinalIgnoreCase));
        }

        foreach (var value in values)
        {
            if (filter.Read(value ?? string.Empty) is not { } text)
            {
                return false;
            }

            read.Add(text);
        }

        return true;
    }

    private static string Unknown(string name, string[] known)
    {
        var what = name.Length <= LongestShownName && name.All(char.IsAscii) ? $"The parameter \"{name}\" of the query" : "A parameter of the query";
        return what + " is unknown here. " + (known.Length == 0 ? "This call takes no query." : $"Known are {string.Join(", ", known)}.");
    }
}
