namespace CfAccess.Benchmarks.Compare;

/// <summary>Raw rounds of several runners that took turns, so that what slows the machine down slows all of them.</summary>
internal sealed class Rounds
{
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

    public double Median(string name) => Median(_values[name]);

    /// <summary>The median of the ratios within rounds.</summary>
    public double Ratio(string name, string other) =>
        Median([.. _values[name].Zip(_values[other], (value, against) => value / against)]);

    /// <summary>Lets runners take turns: the first that starts a round is the last of the next. Before, each warms up for two.</summary>
    public static Rounds Take(int count, params (string Name, Func<double> Run)[] runners) => Take(count, 2, runners);

    /// <summary>The same, after so many turns that are not counted, in which the runtime compiles what runs often once more.</summary>
    public static Rounds Take(int count, int warmUp, params (string Name, Func<double> Run)[] runners)
    {
        var rounds = new Rounds();
        for (var turn = 0; turn < warmUp; turn++)
        {
            foreach (var (_, run) in runners)
            {
                run();
            }
        }

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
