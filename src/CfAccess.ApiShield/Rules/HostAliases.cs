using CfAccess.ApiShield.Operations;

namespace CfAccess.ApiShield.Rules;

/// <summary>The name that a request's host goes by in the documents.</summary>
internal sealed class HostAliases
{
    private readonly Dictionary<string, string> _names = new(StringComparer.OrdinalIgnoreCase);

    public HostAliases(IEnumerable<KeyValuePair<string, string>> names)
    {
        foreach (var (alias, name) in names)
        {
            _names[HostName.Of(alias).ToString()] = HostName.Of(name).ToString();
        }
    }

    public ReadOnlySpan<char> Resolve(ReadOnlySpan<char> header)
    {
        var host = HostName.Of(header);
        return _names.Count > 0 && _names.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(host, out var name) ? name : host;
    }
}
