namespace CfAccess.Shared.Jwt;

/// <summary>The three segments of a token in JWS compact serialization. Source: RFC 7515, section 3.1.</summary>
internal readonly ref struct CompactToken
{
    private CompactToken(ReadOnlySpan<char> header, ReadOnlySpan<char> payload)
    {
        Header = header;
        Payload = payload;
    }

    public ReadOnlySpan<char> Header { get; }

    public ReadOnlySpan<char> Payload { get; }

    public static bool TrySplit(ReadOnlySpan<char> token, out CompactToken segments)
    {
        segments = default;
        var first = token.IndexOf('.');
        var last = token.LastIndexOf('.');
        if (first < 0 || first == last)
        {
            return false;
        }

        // A further dot between the two is outside the alphabet, and so refused with the payload.
        var header = token[..first];
        var payload = token[(first + 1)..last];
        if (!Base64UrlSegment.IsCanonical(header)
            || !Base64UrlSegment.IsCanonical(payload)
            || !Base64UrlSegment.IsCanonical(token[(last + 1)..]))
        {
            return false;
        }

        segments = new CompactToken(header, payload);
        return true;
    }
}
