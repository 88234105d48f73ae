using Spectre.Console;

namespace CfAccess.Cli.Output;

/// <summary>Shows on a terminal, and nowhere else, that something goes on which takes longer than a second.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public static async Task<T> ForAsync<T>(Surroundings surroundings, string what, Task<T> work)
    {
        if (surroundings.IsErrorTerminal && surroundings.Ansi != AnsiSupport.No)
        {
            using var done = new CancellationTokenSource();
            var patience = Task.Delay(Patience, surroundings.Clock, done.Token);
            if (await Task.WhenAny(work, patience) == patience)
            {
                var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = surroundings.Ansi, Out = new AnsiConsoleOutput(surroundings.Error) });
                return await console.Status().StartAsync(Markup.Escape(Printable.Of(what)), _ => work);
            }

            await done.CancelAsync();
        }

        return await work;
    }
}
