using Spectre.Console;

namespace CfAccess.Cli;

/// <summary>What a run of the tool has around it. Tests have others than a process has.</summary>
internal sealed record Surroundings
{
    /// <summary>Wide enough that nothing is broken in a file or a pipe, where the reader breaks lines.</summary>
    private const int WithoutTerminal = 1000;

    public required TextReader In { get; init; }

    /// <summary>Whether standard input is a file or a pipe, and so may hold a token.</summary>
    public required bool IsInputRedirected { get; init; }

    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>Whether somebody watches: then what takes long may show that it goes on.</summary>
    public bool IsErrorTerminal { get; init; }

    public AnsiSupport Ansi { get; init; } = AnsiSupport.No;

    /// <summary>The characters in a line; none where the terminal knows.</summary>
    public int? Width { get; init; } = WithoutTerminal;

    public Func<string, string?> Variable { get; init; } = _ => null;

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    public static Surroundings OfProcess() => new()
    {
        In = Console.In,
        IsInputRedirected = Console.IsInputRedirected,
        Out = Console.Out,
        Error = Console.Error,
        IsErrorTerminal = !Console.IsErrorRedirected && !Console.IsOutputRedirected,
        Ansi = Console.IsOutputRedirected || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            ? AnsiSupport.No
            : AnsiSupport.Detect,
        Width = Console.IsOutputRedirected ? WithoutTerminal : null,
        Variable = Environment.GetEnvironmentVariable,
        Zone = TimeZoneInfo.Local,
    };
}
