using CfAccess.AspNetCore;
using CfAccess.AspNetCore.Tokens;
using CfAccess.Cli.Output;
using CfAccess.Cli.Teams;
using CfAccess.Cli.Tokens;
using CfAccess.Cli.Verify;
using CfAccess.Shared.AccessToken;
using CfAccess.Testing.Attacks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace CfAccess.Cli.Tests.Verify;

/// <summary>Every token of the attack corpus, once through the middleware and once through <c>verify</c>.</summary>
public sealed class CorpusTests(InProcessAttackHosts hosts) : IClassFixture<InProcessAttackHosts>
{
    /// <summary>Far fewer would mean that the corpus, or this test, has lost its tokens.</summary>
    private const int FewestTokens = 400;

    [Fact]
    public async Task Verify_agrees_with_the_middleware_and_its_first_failing_check_stands_for_the_reason()
    {
        var sessions = new Dictionary<AttackSetting, LibrarySession>();
        var complaints = new List<string>();
        var failing = new HashSet<string>(StringComparer.Ordinal);
        var count = 0;
        foreach (var attack in AttackCorpus.All)
        {
            var host = await hosts.GetAsync(attack.Setting, caches: false);
            if (!sessions.TryGetValue(attack.Setting, out var session))
            {
                sessions[attack.Setting] = session = SessionOf(host);
            }

            // A replay waits in between, so the good request comes first.
            host.App.Clock.Advance(TimeSpan.FromSeconds(1));
            var good = attack.Good(host.Bench);
            await CompareAsync(good);
            foreach (var bad in attack.Bad(host.Bench, good))
            {
                await CompareAsync(bad);
            }

            async Task CompareAsync(AttackRequest request)
            {
                var reading = ReadingOf(request);
                if (reading.IsEmpty)
                {
                    return;
                }

                count++;
                host.App.Log.Clear();
                await host.SendAsync(request, attack.Path);
                var judgement = await Verifier.JudgeAsync(session, new TokenInput(reading.Token, []), CancellationToken.None);
                var complaint = ComplaintOf(judgement, host.App.LastReason);
                if (complaint is not null)
                {
                    complaints.Add($"{attack}: {complaint}");
                }

                failing.UnionWith(judgement.Checks.Where(check => check.Result == StepState.Wrong).Select(check => check.Check));
            }
        }

        foreach (var session in sessions.Values)
        {
            session.Dispose();
        }

        complaints.Take(20).ShouldBeEmpty();
        count.ShouldBeGreaterThan(FewestTokens);

        // Each of the library's steps refuses something, or there would be no need of it. The last of the times has a test of its own.
        Checks.All.Select(check => check.Id).Except(failing).ShouldBe(["times"]);
    }

    private static string? ComplaintOf(Judgement judgement, string? middleware)
    {
        var verdict = judgement.Reason is { } reason ? FailureWords.Of(reason) : null;
        if (verdict != middleware)
        {
            return $"the middleware says {middleware ?? "accepted"}, verify {verdict ?? "accepted"}";
        }

        // Read again by the steps alone, without the verdict's help.
        var own = Checks.All.Select(check => check.Look(judgement.Subject)).ToList();
        var first = own.FindIndex(finding => finding is { Reason: not null });
        var shown = judgement.Checks.ToList().FindIndex(check => check.Result == StepState.Wrong);
        if (first != shown || (first >= 0 && own[first]!.Value.Reason != judgement.Reason))
        {
            return $"the steps alone fail at {first}, what is shown at {shown}, for {verdict}";
        }

        if (first >= 0 && !Checks.All[first].StandsFor.Contains(judgement.Reason!.Value))
        {
            return $"{Checks.All[first].Id} does not stand for {verdict}";
        }

        var marks = judgement.Checks.Select((check, index) => (check.Result, index)).ToList();
        var last = first < 0 ? marks.Count : first;
        return marks.All(mark => mark.Result == (mark.index < last ? StepState.Well : mark.index == last ? StepState.Wrong : StepState.Open))
            ? null
            : "the marks are not in order";
    }

    private static LibrarySession SessionOf(AttackHost host)
    {
        var settings = host.App.Services.GetRequiredService<IOptionsMonitor<CloudflareAccessOptions>>()
            .Get(CloudflareAccessDefaults.AuthenticationScheme);
        return LibrarySession.Start(
            options =>
            {
                options.TeamDomain = settings.TeamDomain;
                options.Audiences = settings.Audiences;
                options.Teams = settings.Teams;
                options.MaxTokenLength = settings.MaxTokenLength;
                options.GroupsClaim = settings.GroupsClaim;
                options.NameClaimType = settings.NameClaimType;
                options.RoleClaimType = settings.RoleClaimType;
                options.Keys.RefreshInterval = settings.Keys.RefreshInterval;
                options.Keys.MaximumStaleness = settings.Keys.MaximumStaleness;
            },
            host.App.Clock,
            () => host.App.Endpoint);
    }

    private static TokenReading ReadingOf(AttackRequest request)
    {
        var context = new DefaultHttpContext();
        foreach (var (name, value) in request.Headers)
        {
            context.Request.Headers[name] = StringValues.Concat(context.Request.Headers[name], value);
        }

        return TokenReader.Read(context.Request, CloudflareAccessTokenSources.HeaderThenCookie);
    }
}
