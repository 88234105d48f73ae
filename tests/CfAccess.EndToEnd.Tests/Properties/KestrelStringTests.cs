using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using CfAccess.AspNetCore;
using CfAccess.Testing;
using CfAccess.Testing.Properties;
using FsCheck.Fluent;

namespace CfAccess.EndToEnd.Tests.Properties;

public sealed class KestrelStringTests(ITestOutputHelper output)
{
    private const int Attempts = 2_000;
    private const int Signatures = 300;

    /// <summary>Over a socket, through Kestrel and the whole handler.</summary>
    [Fact]
    public async Task Whatever_string_arrives_over_a_socket_the_answer_is_401_or_for_what_the_rules_accept_200()
    {
        var seed = TestSeed.Next();
        output.WriteLine($"To replay: {seed}");
        await using var host = await AccessHost.StartAsync(listens: true);
        host.Endpoint.Publish(FixedKeys.Previous, FixedKeys.Current);
        using var socket = new SocketsHttpHandler { UseCookies = false, RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 };
        using var client = new HttpClient(socket) { BaseAddress = host.Client.BaseAddress };
        var statuses = new ConcurrentDictionary<int, int>();

        await seed.CheckAsync(AttemptGen.Attempts(seed.Value, Signatures).Select(Sendable), Attempts, async attempt =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/me");
            Add(request, CloudflareAccessDefaults.AssertionHeader, attempt.Header);
            Add(request, "Cookie", attempt.Cookie);
            using var response = await client.SendAsync(request);
            var status = (int)response.StatusCode;
            status.ShouldBe(ReferenceRequest.IsAccepted(attempt) ? 200 : 401, attempt.ToString());
            statuses.AddOrUpdate(status, 1, (_, count) => count + 1);
        });

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"200: {statuses[200]}, 401: {statuses[401]}"));
        statuses.Values.Sum().ShouldBe(Attempts);
        statuses[200].ShouldBeGreaterThan(Attempts / 50);
        host.Endpoint.Count.ShouldBe(1);
    }

    private static void Add(HttpRequestMessage request, string name, string? value)
    {
        if (value is not null)
        {
            request.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue();
        }
    }

    /// <summary>
    /// As it arrives: a header can hold no line end, NUL or half of a surrogate pair, and white space around it is none of it.
    /// </summary>
    private static Attempt Sendable(Attempt attempt) =>
        attempt with { Header = Sendable(attempt.Header), Cookie = Sendable(attempt.Cookie) };

    private static string? Sendable(string? text) => text is null
        ? null
        : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text))
            .Replace('\0', '\u0001')
            .Replace('\r', '\u0002')
            .Replace('\n', '\u0003')
            .Trim(' ', '\t');
}
