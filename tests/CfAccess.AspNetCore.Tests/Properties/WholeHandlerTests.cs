using CfAccess.Testing;
using CfAccess.Testing.Properties;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace CfAccess.AspNetCore.Tests.Properties;

[Trait("Duration", "Long")]
public sealed class WholeHandlerTests(ITestOutputHelper output)
{
    private const int Attempts = 10_000;
    private const int Signatures = 1_000;

    /// <summary>In-process, through the handler, authorization and the principal.</summary>
    [Fact]
    public async Task Whatever_string_arrives_the_answer_is_401_or_for_what_the_rules_accept_200()
    {
        var seed = TestSeed.Next();
        output.WriteLine($"To replay: {seed}");
        await using var host = await AccessHost.StartAsync(
            options => options.GroupsClaim = "groups", builder => builder.Logging.SetMinimumLevel(LogLevel.Warning));
        host.Endpoint.Publish(FixedKeys.Previous, FixedKeys.Current);
        var count = 0;

        await seed.CheckAsync(AttemptGen.Attempts(seed.Value, Signatures), Attempts, async attempt =>
        {
            Interlocked.Increment(ref count);
            var answer = await host.Server.SendAsync(context => Carry(attempt, context.Request));
            answer.Response.StatusCode.ShouldBe(ReferenceRequest.IsAccepted(attempt) ? 200 : 401, attempt.ToString());
        });

        count.ShouldBe(Attempts);
        host.Endpoint.Count.ShouldBe(1);
        host.Log.Entries.ShouldNotContain(entry => entry.Exception != null || (entry.Level >= LogLevel.Warning && entry.Event != "OddClaims"));
    }

    private static void Carry(Attempt attempt, HttpRequest request)
    {
        request.Path = "/me";
        request.Headers[CloudflareAccessDefaults.AssertionHeader] = attempt.Header;
        request.Headers[HeaderNames.Cookie] = attempt.Cookie;
    }
}
