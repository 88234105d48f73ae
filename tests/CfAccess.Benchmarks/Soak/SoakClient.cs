using System.Globalization;
using System.Net;
using CfAccess.AspNetCore;

namespace CfAccess.Benchmarks.Soak;

/// <summary>One client with a connection of its own: sends a token, judges the answer, pauses a moment, and goes on.</summary>
internal sealed class SoakClient(Uri url, TokenSupply supply, Judge judge, FetchLedger ledger, Random random, TimeProvider clock)
    : IDisposable
{
    private const int LongestPause = 40;

    /// <summary>Far more than a request may wait for keys.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly HttpClient _client = new(new SocketsHttpHandler { MaxConnectionsPerServer = 1, UseCookies = false, UseProxy = false })
    {
        Timeout = Patience,
    };

    public async Task<SoakTally> RunAsync(long mostRequests, CancellationToken stopping)
    {
        var tally = new SoakTally();
        for (var sent = 0L; sent < mostRequests && !stopping.IsCancellationRequested; sent++)
        {
            await SendAsync(tally);
            var pause = TimeSpan.FromMilliseconds(LongestPause * random.NextDouble());
            await Task.Delay(pause, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return tally;
    }

    public void Dispose() => _client.Dispose();

    private async Task SendAsync(SoakTally tally)
    {
        var token = supply.Next(random);
        using var request = Request(token);
        using var leaving = random.Next(200) == 0
            ? new CancellationTokenSource(TimeSpan.FromMilliseconds(random.Next(1, 50)), clock)
            : null;
        var sent = clock.GetUtcNow();
        var timestamp = clock.GetTimestamp();
        try
        {
            using var response = await _client.SendAsync(request, leaving?.Token ?? CancellationToken.None);
            var latency = clock.GetElapsedTime(timestamp);
            tally.All.Add(latency);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                tally.Accepted.Add(latency);
            }

            await JudgeAsync(tally, token, response, sent, clock.GetUtcNow());
        }
        catch (OperationCanceledException) when (leaving?.IsCancellationRequested == true)
        {
            tally.Abandoned++;
        }
        catch (Exception exception) when (exception is OperationCanceledException or HttpRequestException)
        {
            tally.Add(token.Kind, Verdict.Unanswered);
            var waited = clock.GetElapsedTime(timestamp);
            tally.Add($"{Verdict.Unanswered}: {token.Kind}, after {waited.TotalMilliseconds:0} ms: {exception.Message}");
        }
    }

    private async Task JudgeAsync(
        SoakTally tally, SoakToken token, HttpResponseMessage response, DateTimeOffset sent, DateTimeOffset answered)
    {
        var verdict = judge.Of(token, response.StatusCode, sent, answered);
        if (verdict >= Verdict.FalseAccept)
        {
            // The scheme may give a fetch up a moment before the ledger hears of it, so what looks wrong is judged again in hindsight.
            await Task.Delay(SoakTimings.FetchTimeout * 2, clock, CancellationToken.None);
            verdict = judge.Of(token, response.StatusCode, sent, answered);
        }

        tally.Add(token.Kind, verdict);
        if (verdict >= Verdict.FalseAccept)
        {
            tally.Add(Describe(verdict, token, response, sent, answered));
        }
    }

    private string Describe(Verdict verdict, SoakToken token, HttpResponseMessage response, DateTimeOffset sent, DateTimeOffset answered)
    {
        var earliest = sent - TimeSpan.FromSeconds(2);
        var published = token.Key is { } key ? ledger.PublishedAt(key) : null;
        var fetches = ledger.Ask(all => string.Concat(all
            .SkipWhile(fetch => fetch.StartedAt > answered)
            .TakeWhile(fetch => fetch.StartedAt > earliest)
            .Select(fetch => $"\n    {fetch}")));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{verdict}: {token.Kind}, key {token.Key}, published {published:HH:mm:ss.fff}, expires {token.ExpiresAt:HH:mm:ss}, "
            + $"sent {sent:HH:mm:ss.fff}, {(int)response.StatusCode} at {answered:HH:mm:ss.fff}; "
            + $"{response.Headers.WwwAuthenticate}{fetches}");
    }

    private HttpRequestMessage Request(SoakToken token)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (random.Next(4) > 0)
        {
            request.Headers.TryAddWithoutValidation(CloudflareAccessDefaults.AssertionHeader, token.Text);
        }
        else
        {
            request.Headers.TryAddWithoutValidation("Cookie", $"{CloudflareAccessDefaults.AuthorizationCookie}={token.Text}");
        }

        return request;
    }
}
