namespace CfAccess.AspNetCore.Keys;

/// <summary>Key ids that were refused within the cool-down that is running: a bounded memory, forgotten as a whole.</summary>
internal sealed class UnknownKids
{
    private const int Capacity = 1024;
    private const int LongestKid = 128;

    private readonly HashSet<string> _kids = new(StringComparer.Ordinal);

    public int Count => _kids.Count;

    public bool Contains(string kid) => _kids.Contains(kid);

    public void Add(string kid)
    {
        if (_kids.Count < Capacity && kid.Length <= LongestKid)
        {
            _kids.Add(kid);
        }
    }

    public void Clear() => _kids.Clear();
}
