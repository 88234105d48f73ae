using CfAccess.Testing.Attacks;

namespace CfAccess.AspNetCore.Tests.Attacks;

/// <summary>JSON may hold half of a surrogate pair as an escape, which is no text. Signed and all, it is answered and no crash.</summary>
public sealed class HalfSurrogateTests(InProcessAttackHosts hosts) : IClassFixture<InProcessAttackHosts>
{
    private static readonly int[] Answers = [200, 401];

    public static TheoryData<string> Members =>
    [
        "\"x\":[\"\\ud800\"]",
        "\"custom\":{\"groups\":\"\\ud800\"}",
        "\"custom\":{\"groups\":[\"\\ud800\"]}",
        "\"custom\":{\"groups\":[{\"name\":\"\\ud800\",\"id\":\"\\udfff\"}]}",
        "\"custom\":{\"groups\":[{\"\\ud800\":1,\"name\":\"platform\"}]}",
        "\"custom\":{\"\\ud800roups\":[\"platform\"],\"groups\":[\"platform\"]}",
        "\"custom\":{\"groups\":[\"platform\"],\"\\ud800\":1}",
    ];

    [Theory]
    [MemberData(nameof(Members))]
    public async Task A_signed_half_of_a_surrogate_pair_is_no_crash(string member)
    {
        var host = await hosts.GetAsync(AttackSetting.Usual);
        host.App.Log.Clear();

        var answer = await host.SendAsync(host.Bench.Person().BodyText(TokenDraft.Appending(member)));

        answer.Status.ShouldBeOneOf(Answers, answer.Body);
        host.App.Log.Entries.ShouldNotContain(entry => entry.Exception != null);
    }
}
