using System.Text.Json.Nodes;
using CfAccess.AspNetCore.Tokens;
using CfAccess.Testing;

namespace CfAccess.AspNetCore.Tests.Tokens;

/// <summary>Who a token speaks for.</summary>
public sealed class CallerKindTests
{
    private static readonly TokenMinter Minter = new(new TestClock());

    [Theory]
    [InlineData(null, "")]
    [InlineData(null, null)]
    [InlineData("", "")]
    public void A_service_token_has_a_common_name_and_neither_an_email_nor_a_subject(string? email, string? subject)
    {
        Kind(email, subject, TestTeam.ClientId).ShouldBe(AccessCallerKind.ServiceToken);

        Kind(email, subject, null).ShouldBe(AccessCallerKind.Unknown);
        Kind(email, subject, "").ShouldBe(AccessCallerKind.Unknown);
        Kind(email, TestTeam.Subject, TestTeam.ClientId).ShouldBe(AccessCallerKind.Unknown);
    }

    [Fact]
    public void A_caller_with_an_email_is_a_person()
    {
        Kind(TestTeam.Email, TestTeam.Subject, null).ShouldBe(AccessCallerKind.User);
        Kind(TestTeam.Email, "", TestTeam.ClientId).ShouldBe(AccessCallerKind.User);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(null, "")]
    [InlineData("", null)]
    public void A_caller_without_an_email_is_a_person_if_it_has_a_subject_and_no_common_name(string? email, string? commonName) =>
        Kind(email, TestTeam.Subject, commonName).ShouldBe(AccessCallerKind.User);

    [Theory]
    [InlineData("email")]
    [InlineData("sub")]
    [InlineData("common_name")]
    public void A_member_that_is_null_is_as_if_it_were_absent(string name)
    {
        foreach (var payload in new[] { Minter.Person(), Minter.Service() })
        {
            payload.Remove(name);
            var absent = Kind(payload);
            payload[name] = null;
            Kind(payload).ShouldBe(absent);
        }
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

        return Kind(payload);
    }

    private static AccessCallerKind Kind(JsonObject payload)
    {
        PayloadReader.TryRead(Minter.Sign("{}", payload.ToJsonString()), out var claims).ShouldBeNull();
        return claims.Kind;
    }
}
