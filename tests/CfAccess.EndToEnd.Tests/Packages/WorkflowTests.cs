using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using CfAccess.Testing;

namespace CfAccess.EndToEnd.Tests.Packages;

/// <summary>What runs on a push and on a tag can do no more than it has to, and holds no key.</summary>
public sealed partial class WorkflowTests
{
    private const string Folder = ".github/workflows";

    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(RepositoryFile.Find(Folder)).Select(file => Path.GetFileName(file))];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_workflow_may_read_the_repository_and_each_job_ends(string file)
    {
        var workflow = await ReadAsync(file);

        workflow.GetProperty("permissions").ToString().ShouldBe("""{"contents":"read"}""");
        foreach (var job in workflow.GetProperty("jobs").EnumerateObject().Where(job => job.Value.TryGetProperty("steps", out _)))
        {
            job.Value.GetProperty("timeout-minutes").GetInt32().ShouldBeInRange(1, 60, job.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Each_action_is_pinned_to_a_commit_and_there_is_no_secret(string file)
    {
        var text = File.ReadAllText(RepositoryFile.Find($"{Folder}/{file}"));

        Uses.Matches(text).Select(use => use.Groups[1].Value).Where(use => !use.StartsWith("./", StringComparison.Ordinal))
            .ShouldAllBe(use => Pinned.IsMatch(use));
        text.ShouldNotContain("secrets");
    }

    [Fact]
    public async Task Only_a_tag_publishes_after_the_checks_and_with_a_key_of_an_hour()
    {
        var workflow = await ReadAsync("release.yml");
        var jobs = workflow.GetProperty("jobs");
        var publish = jobs.GetProperty("publish");
        var steps = publish.GetProperty("steps").EnumerateArray().ToList();

        workflow.GetProperty("on").ToString().ShouldBe("""{"push":{"tags":["v*"]}}""");
        jobs.GetProperty("checks").GetProperty("uses").GetString().ShouldBe("./.github/workflows/ci.yml");
        jobs.GetProperty("pack").GetProperty("needs").GetString().ShouldBe("checks");
        publish.GetProperty("needs").GetString().ShouldBe("pack");

        // Who may publish runs nothing that is in the repository.
        publish.GetProperty("permissions").ToString().ShouldBe("""{"id-token":"write"}""");
        publish.GetProperty("environment").GetString().ShouldBe("nuget");
        steps.Select(step => step.TryGetProperty("uses", out var uses) ? uses.GetString()!.Split('@')[0] : "run")
            .ShouldBe(["actions/download-artifact", "NuGet/login", "run"]);
        steps[2].GetProperty("env").GetProperty("NUGET_API_KEY").GetString().ShouldBe("${{ steps.login.outputs.NUGET_API_KEY }}");
        jobs.EnumerateObject().Where(job => job.Value.TryGetProperty("permissions", out _)).Select(job => job.Name).ShouldBe(["publish"]);
    }

    [GeneratedRegex("uses:\\s+(\\S+)")]
    private static partial Regex Uses { get; }

    [GeneratedRegex("^[\\w./-]+@[0-9a-f]{40}$")]
    private static partial Regex Pinned { get; }

    private static async Task<JsonElement> ReadAsync(string file)
    {
        Prerequisites.NodeFile("yaml/package.json");
        var script = RepositoryFile.Find("tests/CfAccess.EndToEnd.Tests/npm/yaml.mjs");
        using var node = Process.Start(new ProcessStartInfo("node", [script, RepositoryFile.Find($"{Folder}/{file}")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var json = await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        node.ExitCode.ShouldBe(0, await errors);
        return JsonSerializer.Deserialize<JsonElement>(json);
    }
}
