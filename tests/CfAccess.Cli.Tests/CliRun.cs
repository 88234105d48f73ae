using System.Text;
using System.Text.Json;
using CfAccess.Testing;
using Spectre.Console;

namespace CfAccess.Cli.Tests;

/// <summary>A run of the tool inside the test's process, with a clock, an input and an environment of the test's own.</summary>
internal sealed record CliRun(int ExitCode, string Out, string Error)
{
    public JsonElement Json => JsonElement.Parse(Out);

    public static Task<CliRun> RunAsync(params string[] args) => new CliRunSetup().RunAsync(args);
}

/// <summary>What a run has around it.</summary>
internal sealed record CliRunSetup
{
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>What is on standard input; none where it is a terminal.</summary>
    public string? In { get; init; }

    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    public AnsiSupport Ansi { get; init; } = AnsiSupport.No;

    public int? Width { get; init; } = 1000;

    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    public Encoding Encoding { get; init; } = Encoding.UTF8;

    /// <summary>Whether somebody watches.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>What the run has written so far; by default a writer of its own.</summary>
    public StringWriter? Out { get; init; }

    public async Task<CliRun> RunAsync(string[] args, CancellationToken cancellationToken = default)
    {
        using var own = new EncodedWriter(Encoding);
        using var error = new EncodedWriter(Encoding);
        var output = Out ?? own;
        var exitCode = await CliApp.RunAsync(args, SurroundingsOf(output, error), cancellationToken);
        return new(exitCode, output.ToString(), error.ToString());
    }

    private Surroundings SurroundingsOf(TextWriter output, TextWriter error) => new()
    {
        In = new StringReader(In ?? string.Empty),
        IsInputRedirected = In is not null,
        Out = output,
        Error = error,
        IsErrorTerminal = IsTerminal,
        Ansi = Ansi,
        Width = Width,
        Variable = name => Variables.GetValueOrDefault(name),
        Clock = Clock,
        Zone = Zone,
    };

    /// <summary>Says what it can write, and loses what it cannot, as a console does.</summary>
    private sealed class EncodedWriter(Encoding encoding) : StringWriter
    {
        public override Encoding Encoding => encoding;

        public override string ToString() => encoding.GetString(encoding.GetBytes(base.ToString()));
    }
}

/// <summary>A team whose keys are in a file, at a time that stands still: for runs without network.</summary>
internal sealed class KeyedTeam : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("CfAccess");

    public KeyedTeam()
    {
        Minter = new(Clock);
        KeysFile = Path.Combine(_folder.FullName, "certs.json");
        File.WriteAllText(KeysFile, KeysEndpoint.Document(TestKey.Get("previous").ToJwk(), TestKey.Get("current").ToJwk()));
    }

    public TestClock Clock { get; } = new();

    public TokenMinter Minter { get; }

    public string KeysFile { get; }

    /// <summary>What stands behind <c>verify</c>.</summary>
    public string[] Options => ["--team", "acme", "--aud", TestTeam.Audience, "--keys", KeysFile];

    public Task<CliRun> VerifyAsync(string token, params string[] more) =>
        new CliRunSetup { Clock = Clock, In = token }.RunAsync(["verify", .. Options, .. more]);

    public void Dispose() => _folder.Delete(recursive: true);
}
