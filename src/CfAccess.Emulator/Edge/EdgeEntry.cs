namespace CfAccess.Emulator.Edge;

/// <summary>A request that the edge met, what became of it, and why.</summary>
/// <param name="Time">When it was answered.</param>
/// <param name="Method">The method.</param>
/// <param name="Path">The path, without the query, which may hold secrets.</param>
/// <param name="Status">The answer's status.</param>
/// <param name="IsOfApp">Whether the edge sent it on to the app.</param>
/// <param name="Why">Why it did with it what it did.</param>
internal sealed record EdgeEntry(DateTimeOffset Time, string Method, string Path, int Status, bool IsOfApp, string Why);
