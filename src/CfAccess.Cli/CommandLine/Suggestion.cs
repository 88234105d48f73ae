namespace CfAccess.Cli.CommandLine;

/// <summary>Finds the name that a mistyped one probably means.</summary>
internal static class Suggestion
{
    /// <returns>A question to put behind a sentence, with a leading space; empty if no name is similar.</returns>
    public static string For(string typed, IEnumerable<string> names)
    {
        var most = Math.Max(1, typed.Length / 3);
        var nearest = names.MinBy(name => Distance(typed, name));
        return nearest is not null && Distance(typed, nearest) <= most ? $" Did you mean {nearest}?" : string.Empty;
    }

    /// <summary>How many letters are missing, extra, wrong, or swapped with their neighbor (optimal string alignment). Case is ignored.</summary>
    private static int Distance(string typed, string name)
    {
        var (a, b) = (typed.ToUpperInvariant(), name.ToUpperInvariant());
        var costs = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                costs[i, j] = (i, j) switch
                {
                    (0, _) => j,
                    (_, 0) => i,
                    _ => Math.Min(
                        Math.Min(costs[i - 1, j], costs[i, j - 1]) + 1,
                        costs[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)),
                };
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    costs[i, j] = Math.Min(costs[i, j], costs[i - 2, j - 2] + 1);
                }
            }
        }

        return costs[a.Length, b.Length];
    }
}
