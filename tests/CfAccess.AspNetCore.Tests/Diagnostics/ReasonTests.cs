using System.Net;
using CfAccess.Testing;

namespace CfAccess.AspNetCore.Tests.Diagnostics;

/// <summary>Each reason of a refusal, made to happen: one word of it in log, metric and failure.</summary>
public sealed class ReasonTests
{
    private static readonly Dictionary<AccessFailureReason, Func<AccessHost, Task<HttpResponseMessage>>> Refusals = new()
    {
        [AccessFailureReason.MultipleTokens] = host => host.GetAsync(
            "/me", (CloudflareAccessDefaults.AssertionHeader, "a"), (CloudflareAccessDefaults.AssertionHeader, "b")),
        [AccessFailureReason.TooLong] = host => host.GetAsync(new string('a', 20_000)),
        [AccessFailureReason.Malformed] = host => host.GetAsync("no token"),
        [AccessFailureReason.UnsupportedAlgorithm] = host => host.GetAsync(host.Minter.Sign(host.Minter.Person(), header => header["alg"] = "RS512")),
        [AccessFailureReason.UnsupportedHeader] = host => host.GetAsync(host.Minter.Sign(host.Minter.Person(), header => header["x5u"] = "x")),
        [AccessFailureReason.UnknownIssuer] = host => host.GetAsync(host.Minter.MintPerson(payload => payload["iss"] = TestTeam.PartnerIssuer)),
        [AccessFailureReason.UnknownKey] = host => host.GetAsync(new TokenMinter(host.Clock, TestKey.Get("next")).MintPerson()),
        [AccessFailureReason.KeysNotCurrent] = async host =>
        {
            await host.GetAsync(host.Minter.MintPerson());
            host.Endpoint.Fail();
            host.Clock.AdjustTime(host.Clock.GetUtcNow() + TimeSpan.FromMinutes(5));
            return await host.GetAsync(new TokenMinter(host.Clock, TestKey.Get("next")).MintPerson());
        },
        [AccessFailureReason.KeysUnavailable] = host =>
        {
            host.Endpoint.Fail();
            return host.GetAsync(host.Minter.MintPerson());
        },
        [AccessFailureReason.BadSignature] = host => host.GetAsync(host.Minter.MintPerson()[..^10] + "AAAAAAAAAA"),
        [AccessFailureReason.WrongAudience] = host => host.GetAsync(host.Minter.MintPerson(payload => payload["aud"] = TestTeam.OtherAudience)),
        [AccessFailureReason.WrongType] = host => host.GetAsync(host.Minter.MintPerson(payload => payload["type"] = "org")),
        [AccessFailureReason.Expired] = host => host.GetAsync(host.Minter.MintPerson(payload => payload["exp"] = 1)),
        [AccessFailureReason.NotYetValid] = host => host.GetAsync(host.Minter.MintPerson(payload => payload["nbf"] = 4_000_000_000)),
        [AccessFailureReason.IssuedInFuture] = host => host.GetAsync(host.Minter.MintPerson(payload => payload["iat"] = 4_000_000_000)),
        [AccessFailureReason.InvalidClaims] = host => host.GetAsync(host.Minter.MintPerson(payload => payload["exp"] = "soon")),
        [AccessFailureReason.IdentityUnavailable] = host =>
        {
            host.Identities.Answer = (_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.BadGateway));
            return host.GetAsync(host.Minter.MintPerson());
        },
        [AccessFailureReason.RejectedByEvent] = host =>
            host.GetAsync("/me?reject", (CloudflareAccessDefaults.AssertionHeader, host.Minter.MintPerson())),
    };

    public static TheoryData<AccessFailureReason> Reasons { get; } = new(Enum.GetValues<AccessFailureReason>());

    [Theory]
    [MemberData(nameof(Reasons))]
    public async Task A_refusal_has_one_word_in_the_log_the_metric_the_failure_and_the_answer(AccessFailureReason reason)
    {
        CloudflareAccessFailureException? failure = null;
        await using var host = await AccessHost.StartAsync(options =>
        {
            options.IncludeErrorDetails = true;
            options.GroupsFromIdentity = true;
            options.Identity.Load = CloudflareAccessIdentityLoad.AtAuthentication;
            options.Events.OnTokenValidated = context =>
            {
                if (context.Request.QueryString.Value == "?reject")
                {
                    context.Fail("disabled");
                }

                return Task.CompletedTask;
            };
            options.Events.OnAuthenticationFailed = context =>
            {
                failure = (CloudflareAccessFailureException)context.Exception;
                return Task.CompletedTask;
            };
        });
        using var validations = host.Services.CollectMeasurements<long>("cloudflare_access.token.validations");

        using var answer = await Refusals[reason](host);

        var word = AccessTokenResult.Refused(reason).ReasonWord!;
        host.LastReason.ShouldBe(word);
        validations.GetTags()[^1].ShouldBe($"result=refused reason={word} source=header");
        failure.ShouldNotBeNull().Reason.ShouldBe(reason);
        var isNoVerdict = reason is AccessFailureReason.KeysUnavailable or AccessFailureReason.IdentityUnavailable;
        answer.StatusCode.ShouldBe(isNoVerdict ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.Unauthorized);
        $"{answer.Headers.WwwAuthenticate}".Contains($"error_description=\"{word}\"", StringComparison.Ordinal).ShouldBe(!isNoVerdict);
    }
}
