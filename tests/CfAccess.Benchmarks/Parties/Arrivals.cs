namespace CfAccess.Benchmarks.Parties;

/// <summary>
/// Tokens as a server hands them on: each a text that was made a moment ago, and so is at hand for the processor. Those made at the beginning
/// of a run would be fetched from memory while they are measured.
/// </summary>
internal sealed class Arrivals(PartyHost host, string[] tokens)
{
    private int _arrived;

    /// <summary>The request headers with the next so many.</summary>
    public (string Name, string Value)[] Next(int count)
    {
        var next = Array.ConvertAll(tokens[_arrived..(_arrived + count)], token => host.HeaderOf(new string(token.AsSpan())));
        _arrived += count;
        return next;
    }
}
