using System.Globalization;
using CfAccess.Testing.Properties;

namespace CfAccess.AspNetCore.Tests.Properties;

/// <summary>What became of attempts, as the library told.</summary>
internal sealed class AttemptTally
{
    private readonly SortedDictionary<string, int> _words = new(StringComparer.Ordinal);

    public int Count { get; private set; }

    public int FromGood { get; private set; }

    public int PastScreen { get; private set; }

    public int Checked { get; set; }

    public IReadOnlyDictionary<string, int> Words => _words;

    public int Of(string word) => _words.GetValueOrDefault(word);

    public void Add(Attempt attempt, bool passesScreen, string word)
    {
        Count++;
        FromGood += attempt.StartsFromGood ? 1 : 0;
        PastScreen += passesScreen ? 1 : 0;
        _words[word] = Of(word) + 1;
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Count} attempts: {Share(FromGood)} start from a good token, {Share(PastScreen)} pass the screen, ")
        + $"{Share(Checked)} reach the signature check; "
        + string.Join(", ", _words.Select(pair => $"{pair.Key} {Share(pair.Value)}"));

    private string Share(int part) => (part / (double)Count).ToString("P1", CultureInfo.InvariantCulture);
}
