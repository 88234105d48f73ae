using CfAccess.Testing;
using CfAccess.Testing.Attacks;

namespace CfAccess.AspNetCore.Tests.Attacks;

/// <summary>
/// A lone surrogate escape is valid JSON but not valid Unicode. In a member that the library reads it makes the token malformed; any other
/// member that holds one is ignored as a whole.
/// </summary>
[Trait("attack", "34")]
public sealed class HalfSurrogateTests(InProcessAttackHosts hosts) : IClassFixture<InProcessAttackHosts>
{
    private static readonly string[] Names = ["x", "jti", "azp", "country", "identity_nonce", "policy_id", "nested"];

    /// <summary>Members that the library reads, each with a value that is not valid Unicode.</summary>
    public static TheoryData<string, string> Read => new()
    {
        { "iss", $"\"{TestTeam.Issuer}\\ud800\"" },
        { "type", "\"app\\ud800\"" },
        { "aud", $"[\"{TestTeam.Audience}\",\"\\ud800\"]" },
        { "aud", $"[\"{TestTeam.Audience}\",[\"\\ud800\"]]" },
        { "aud", "\"\\udfff\"" },
        { "exp", "\"\\ud800\"" },
        { "nbf", "\"\\udfff\"" },
        { "iat", "\"\\ud83d\"" },
        { "email", "\"\\ud800\"" },
        { "email", "\"\\udfffalice@example.com\"" },
        { "email", "\"alice@example.com\\ud83d\"" },
        { "sub", "\"\\ud83d\\ud83d\\ude00\"" },
        { "common_name", "\"\\ude00\\ud83d\"" },
        { "custom", "\"\\ud800\"" },
        { "custom", "{\"\\ud800\":1}" },
        { "custom", "{\"department\":\"\\ud800\"}" },
        { "custom", "{\"groups\":\"\\ud800\"}" },
        { "custom", "{\"groups\":[\"platform\",\"\\ud800\"]}" },
        { "custom", "{\"groups\":[{\"name\":\"\\ud800\",\"id\":\"\\udfff\"}]}" },
        { "custom", "{\"groups\":[{\"\\ud800\":1,\"name\":\"platform\"}]}" },
        { "custom", "{\"\\ud800roups\":[\"platform\"],\"groups\":[\"platform\"]}" },
        { "custom", "{\"groups\":[\"platform\"],\"deep\":[[{\"x\":\"\\ud800\"}]]}" },
    };

    /// <summary>Members that the library does not read.</summary>
    public static TheoryData<string> Others =>
    [
        "\"x\":\"\\ud800\"", "\"x\":\"\\udfff\"", "\"x\":\"a\\ud83d\"", "\"x\":\"\\ud83d\\u0041\"", "\"x\":\"\\\\\\ud800\"", "\"x\":[\"\\ud800\"]",
        "\"x\":{\"nested\":[1,{\"y\":\"\\ud800\"}]}", "\"x\":{\"\\ud800\":1}", "\"\\ud800\":1", "\"\\ud800\":{\"x\":[\"\\udfff\"]}",
        "\"\\ud800\":1,\"\\ud800\":2", "\"jti\":\"\\ud800\"", "\"azp\":\"\\ud800\"", "\"policy_id\":\"\\ud800\"",
    ];

    public static TheoryData<string> Replaced => ["country", "identity_nonce"];

    [Theory]
    [MemberData(nameof(Read))]
    public async Task A_lone_surrogate_in_a_member_that_is_read_makes_the_token_malformed(string name, string value)
    {
        var host = await StartAsync();

        var answer = await host.SendAsync(host.Bench.Person().BodyText(TokenDraft.Replacing(name, value)));

        answer.Status.ShouldBe(401, answer.Body);
        host.App.LastReason.ShouldBe("malformed");
        host.App.Log.Entries.ShouldNotContain(entry => entry.Exception != null);
    }

    [Theory]
    [MemberData(nameof(Others))]
    public Task Any_other_member_with_a_lone_surrogate_is_ignored(string member) => ShouldBeIgnoredAsync(TokenDraft.Appending(member));

    [Theory]
    [MemberData(nameof(Replaced))]
    public Task A_usual_member_that_is_not_read_is_ignored_with_a_lone_surrogate(string name) =>
        ShouldBeIgnoredAsync(TokenDraft.Replacing(name, "\"\\ud800\""));

    [Theory]
    [InlineData("\"x\":\"\\ud83d\\ude00\"", "\ud83d\ude00")]
    [InlineData("\"x\":\"\\\\ud800\"", "\\ud800")]
    [InlineData("\"x\":\"\\uD83D\\uDE00\\ud83d\\ude00\"", "\ud83d\ude00\ud83d\ude00")]
    public async Task A_whole_pair_is_text(string member, string claim)
    {
        var host = await StartAsync();

        var user = await host.App.PrincipalAsync(host.Bench.Person().BodyText(TokenDraft.Appending(member)).Token);

        user.ShouldNotBeNull().FindFirst("x").ShouldNotBeNull().Value.ShouldBe(claim);
    }

    [Theory]
    [InlineData("kid", "\"\\ud800\"", 401)]
    [InlineData("alg", "\"RS256\\ud800\"", 401)]
    [InlineData("typ", "\"\\ud800\"", 401)]
    [InlineData("x", "\"\\ud800\"", 200)]
    [InlineData("x", "[\"\\ud800\"]", 200)]
    [InlineData("x", "{\"\\ud800\":1}", 200)]
    public async Task The_same_is_true_of_a_header(string name, string value, int status)
    {
        var host = await StartAsync();

        var answer = await host.SendAsync(host.Bench.Person().HeadText(TokenDraft.Replacing(name, value)));

        answer.Status.ShouldBe(status, answer.Body);
        host.App.Log.Entries.ShouldNotContain(entry => entry.Exception != null);
    }

    private async Task ShouldBeIgnoredAsync(Func<string, string> change)
    {
        var host = await StartAsync();
        var draft = host.Bench.Person().BodyText(change);

        var user = (await host.App.PrincipalAsync(draft.Token)).ShouldNotBeNull(draft.Payload);

        user.Claims.ShouldNotContain(claim => Names.Contains(claim.Type) && claim.Value != TestTeam.Nonce && claim.Value != "US");
        user.Claims.ShouldNotContain(claim => claim.Type.Any(char.IsSurrogate) || claim.Value.Any(char.IsSurrogate));
        host.App.Log.Entries.ShouldNotContain(entry => entry.Exception != null);
    }

    private async Task<AttackHost> StartAsync()
    {
        var host = await hosts.GetAsync(AttackSetting.Usual);
        host.App.Log.Clear();
        return host;
    }
}
