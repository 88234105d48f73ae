namespace CfAccess.Benchmarks.Compare;

/// <summary>Raw rounds of several runners that took turns, so that what slows the machine down slows all of them.</summary>
internal sealed class Rounds
{
    /// <summary>
    /// How long runners take turns before they are measured: the runtime compiles what runs often twice more, each time only once nothing new
    /// was compiled for a tenth of a second.
    /// </summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, List<double>> _values = [];

    public IReadOnlyDictionary<string, IReadOnlyList<double>> All =>
        _values.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<double>)pair.Value);

    public void Add(string name, double value)
    {
        if (!_values.TryGetValue(name, out var values))
        {
            _values.Add(name, values = []);
        }

        values.Add(value);
    }

    public void Add(Rounds others)
    {
        foreach (var (name, values) in others._values)
        {
            values.ForEach(value => Add(name, value));
        }
    }

    public double Median(string name) => Median(_values[name]);

    /// <summary>The median of the ratios within rounds.</summary>
    public double Ratio(string name, string other) =>
        Median([.. _values[name].Zip(_values[other], (value, against) => value / against)]);

    /// <summary>Lets runners take turns, first for as long as they take to warm up, and then so many times.</summary>
    public static Rounds Take(int count, params (string Name, Func<double> Run)[] runners)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(start) < WarmUp)
        {
            TakeCold(1, runners);
        }

        return TakeCold(count, runners);
    }

    /// <summary>Lets runners take turns so many times: the first that starts a round is the last of the next.</summary>
    public static Rounds TakeCold(int count, params (string Name, Func<double> Run)[] runners)
    {
        var rounds = new Rounds();
        for (var round = 0; round < count; round++)
        {
            for (var turn = 0; turn < runners.Length; turn++)
            {
                var (name, run) = runners[(round + turn) % runners.Length];
                rounds.Add(name, run());
            }
        }

        return rounds;
    }

    private static double Median(IReadOnlyList<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1
            ? sorted[sorted.Length / 2]
            : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
