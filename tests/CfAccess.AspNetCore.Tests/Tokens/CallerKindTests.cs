using System.Text.Json.Nodes;
using CfAccess.AspNetCore.Tokens;
using CfAccess.Testing;

namespace CfAccess.AspNetCore.Tests.Tokens;

/// <summary>Who a token speaks for.</summary>
public sealed class CallerKindTests
{
    private static readonly TokenMinter Minter = new(new ManualTimeProvider());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void A_service_token_has_a_common_name_an_empty_subject_and_no_e_mail(string? email)
    {
        Kind(email, "", TestTeam.ClientId).ShouldBe(AccessCallerKind.ServiceToken);

        Kind(email, "", null).ShouldBe(AccessCallerKind.Unknown);
        Kind(email, "", "").ShouldBe(AccessCallerKind.Unknown);
        Kind(email, null, TestTeam.ClientId).ShouldBe(AccessCallerKind.Unknown);
        Kind(email, TestTeam.Subject, TestTeam.ClientId).ShouldBe(AccessCallerKind.Unknown);
    }

    [Fact]
    public void Whoever_has_an_e_mail_address_is_a_person()
    {
        Kind(TestTeam.Email, TestTeam.Subject, null).ShouldBe(AccessCallerKind.User);
        Kind(TestTeam.Email, "", TestTeam.ClientId).ShouldBe(AccessCallerKind.User);
        Kind("", TestTeam.Subject, null).ShouldBe(AccessCallerKind.Unknown);
    }

    private static AccessCallerKind Kind(string? email, string? subject, string? commonName)
    {
        var payload = new JsonObject();
        foreach (var (name, value) in new[] { ("email", email), ("sub", subject), ("common_name", commonName) })
        {
            if (value is not null)
            {
                payload[name] = value;
            }
        }

        PayloadReader.TryRead(Minter.Sign("{}", payload.ToJsonString()), out var claims).ShouldBeNull();
        return claims.Kind;
    }
}
