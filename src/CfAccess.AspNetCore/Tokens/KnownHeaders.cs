namespace CfAccess.AspNetCore.Tokens;

/// <summary>
/// The headers of tokens whose signature was good, as they stood in the token, and the <c>kid</c> of each. All tokens of a key have one header, so
/// it is read once. Only a signed header enters, so that nobody else can fill the memory.
/// </summary>
internal sealed class KnownHeaders
{
    /// <summary>Two keys of a few teams. Another header takes the place of the one that came first.</summary>
    private const int Most = 8;

    private readonly Lock _writing = new();
    private volatile (string Header, string Kid)[] _known = [];

    public string? KidOf(ReadOnlySpan<char> header)
    {
        foreach (var (known, kid) in _known)
        {
            if (header.SequenceEqual(known))
            {
                return kid;
            }
        }

        return null;
    }

    public void Add(ReadOnlySpan<char> header, string kid)
    {
        if (KidOf(header) is not null)
        {
            return;
        }

        lock (_writing)
        {
            if (KidOf(header) is null)
            {
                _known = [.. _known.Skip(_known.Length == Most ? 1 : 0), (header.ToString(), kid)];
            }
        }
    }
}
