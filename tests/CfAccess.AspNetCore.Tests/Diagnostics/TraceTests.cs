using System.Diagnostics;
using System.Net;
using CfAccess.AspNetCore.Tests.Identity;
using CfAccess.Testing;

namespace CfAccess.AspNetCore.Tests.Diagnostics;

/// <summary>What traces tell.</summary>
public sealed class TraceTests
{
    private const string Validate = "CloudflareAccess.ValidateToken cloudflare_access.result=";
    private const string FetchKeys = $"CloudflareAccess.FetchKeys cloudflare_access.team={TestTeam.Issuer} cloudflare_access.outcome=";
    private const string FetchIdentity = $"CloudflareAccess.FetchIdentity cloudflare_access.team={TestTeam.Issuer} cloudflare_access.outcome=";

    [Fact]
    public async Task A_token_is_traced_with_its_result_and_one_from_the_cache_is_not()
    {
        await using var host = await AccessHost.StartAsync();
        using var traces = new Traces(host);
        var token = host.Minter.MintPerson();

        (await host.StatusAsync(token)).ShouldBe(HttpStatusCode.OK);
        (await host.StatusAsync(token)).ShouldBe(HttpStatusCode.OK);
        (await host.StatusAsync(host.Minter.MintPerson(payload => payload["type"] = "org"))).ShouldBe(HttpStatusCode.Unauthorized);

        traces.Told.Where(told => told.StartsWith(Validate, StringComparison.Ordinal))
            .ShouldBe([$"{Validate}accepted", $"{Validate}refused cloudflare_access.reason=wrong_type"]);
    }

    [Fact]
    public async Task A_fetch_of_keys_is_traced_with_team_and_outcome_apart_from_the_request_that_waits_for_it()
    {
        await using var host = await AccessHost.StartAsync();
        using var traces = new Traces(host);
        using var request = new Activity("request").Start();

        await host.StatusAsync(host.Minter.MintPerson());
        await traces.EndedAsync(2);

        traces.Told.ShouldBe([$"{FetchKeys}success", $"{Validate}accepted"], ignoreOrder: true);
        traces.Ended.Single(activity => activity.OperationName == "CloudflareAccess.FetchKeys").Parent.ShouldBeNull();
    }

    [Fact]
    public async Task That_there_are_no_keys_is_an_error_of_both()
    {
        await using var host = await AccessHost.StartAsync();
        using var traces = new Traces(host);
        host.Endpoint.Fail();

        (await host.StatusAsync(host.Minter.MintPerson())).ShouldBe(HttpStatusCode.ServiceUnavailable);
        await traces.EndedAsync(2);

        traces.Told.ShouldBe(
            [$"{FetchKeys}unreachable Error: unreachable", $"{Validate}refused cloudflare_access.reason=keys_unavailable Error: keys_unavailable"],
            ignoreOrder: true);
    }

    [Fact]
    public async Task A_call_of_get_identity_is_traced_with_team_and_outcome()
    {
        await using var host = await IdentityRig.StartAsync();
        using var traces = new Traces(host);

        (await host.StatusAsync(host.Minter.MintPerson(), "/person")).ShouldBe(HttpStatusCode.OK);
        host.Identities.Answer = (_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.BadGateway));
        (await host.StatusAsync(host.Minter.MintPerson(payload => payload["country"] = "NL"), "/person")).ShouldBe(HttpStatusCode.ServiceUnavailable);

        traces.Told.Where(told => told.StartsWith(FetchIdentity, StringComparison.Ordinal))
            .ShouldBe([$"{FetchIdentity}success", $"{FetchIdentity}overloaded Error: overloaded"]);
    }
}
