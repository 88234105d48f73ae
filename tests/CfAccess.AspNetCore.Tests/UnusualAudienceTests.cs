using CfAccess.Testing;
using Microsoft.Extensions.Logging;

namespace CfAccess.AspNetCore.Tests;

/// <summary>A configured audience that no token of Access can hold is reported at start: it is compared character by character.</summary>
public sealed class UnusualAudienceTests
{
    private static readonly string Capitals = TestTeam.Audience.ToUpperInvariant();

    public static TheoryData<string> Unusual => [Capitals, TestTeam.Audience[..63] + "G", TestTeam.Audience[1..], "app.example.com", TestTeam.Audience + "0"];

    [Theory]
    [MemberData(nameof(Unusual))]
    public async Task An_audience_that_is_not_written_as_an_AUD_tag_is_warned_of_at_start(string audience)
    {
        await using var host = await AccessHost.StartAsync(options => options.Audiences = [audience, TestTeam.Audience]);

        var warning = host.Log.Named("UnusualAudience").ShouldHaveSingleItem();
        warning.Level.ShouldBe(LogLevel.Warning);
        warning.Message.ShouldContain($" {audience}.");
        warning.Message.ShouldContain("lowercase");
    }

    [Fact]
    public async Task A_usual_audience_is_not_warned_of()
    {
        await using var host = await AccessHost.StartAsync();

        host.Log.Named("UnusualAudience").ShouldBeEmpty();
    }
}
