namespace CfAccess.Testing.Attacks;

/// <summary>What an application answered.</summary>
/// <param name="Status">The status code; 500 where an exception escaped.</param>
/// <param name="Headers">The headers; where one is repeated, its values joined by a comma.</param>
/// <param name="Body">The body.</param>
public sealed record AttackAnswer(int Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string? Header(string name) => Headers.GetValueOrDefault(name);

    public override string ToString() => string.Join('\n', Headers.Select(header => $"{header.Key}: {header.Value}").Append(Body));
}
