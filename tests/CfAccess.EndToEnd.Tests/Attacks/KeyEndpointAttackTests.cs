using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using CfAccess.AspNetCore;
using CfAccess.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.EndToEnd.Tests.Attacks;

/// <summary>An application on Kestrel, and its keys on another socket: what the endpoint answers, and what storms of keys do.</summary>
public sealed class KeyEndpointAttackTests : IAsyncLifetime
{
    private LoopbackKeysEndpoint _team = null!;
    private AccessHost _host = null!;

    public static TheoryData<string, Action<JsonObject>> BadKeys => new()
    {
        { "e = 1", key => key["e"] = "AQ" },
        { "use enc", key => key["use"] = "enc" },
        { "key_ops without verify", key => key["key_ops"] = new JsonArray("sign") },
        { "alg RS512", key => key["alg"] = "RS512" },
        { "EC", key => key["kty"] = "EC" },
        { "oct", key => key["kty"] = "oct" },
        { "no kty", key => key.Remove("kty") },
        { "broken n", key => key["n"] = "!" },
    };

    public static TheoryData<string, Action<LoopbackKeysEndpoint>> BadAnswers => new()
    {
        { "404", team => team.AnswerWith(404, "<html>", "text/html") },
        { "500", team => team.AnswerWith(500, "no") },
        { "HTML with 200", team => team.AnswerWith(200, "<html>", "text/html") },
        { "truncated", team => team.AnswerWith(200, "{\"keys\":[{") },
        { "empty", team => team.AnswerWith(200, string.Empty) },
        { "no keys", team => team.AnswerWith(200, "{}") },
        { "an empty set", team => team.AnswerWith(200, "{\"keys\":[]}") },
        { "64 MB", team => team.SendMegabytes(64) },
        { "a redirect to http", team => team.RedirectTo("http://127.0.0.1:9/cdn-cgi/access/certs") },
        { "a redirect to another host", team => team.RedirectTo("https://evil.example/cdn-cgi/access/certs") },
        { "a broken connection", team => team.Fail() },
        { "a hang", team => team.Hang() },
        { "a slow drip", team => team.Drip() },
    };

    public async ValueTask InitializeAsync()
    {
        _team = await LoopbackKeysEndpoint.StartAsync(TestKey.Get("current"));
        _host = await AccessHost.StartAsync(
            options =>
            {
                options.TeamDomain = _team.Origin.GetLeftPart(UriPartial.Authority);
                options.AllowCustomTeamDomain = true;
            },
            builder => builder.Services.AddHttpClient(CloudflareAccessDefaults.KeysHttpClient)
                .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }),
            listens: true);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _team.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(BadKeys), DisableDiscoveryEnumeration = true)]
    [Trait("attack", "29")]
    public async Task A_token_of_an_unusable_key_is_refused_and_the_other_keys_count(
        string name, Action<JsonObject> spoil)
    {
        var bad = TestKey.Get("next").ToJwk();
        spoil(bad);
        _team.AnswerWith(200, KeysEndpoint.Document(bad, TestKey.Get("current").ToJwk()));

        (await StatusAsync(TestKey.Get("current"))).ShouldBe(HttpStatusCode.OK, name);
        (await StatusAsync(TestKey.Get("next"))).ShouldBe(HttpStatusCode.Unauthorized, name);
    }

    [Fact]
    [Trait("attack", "29")]
    public async Task A_token_of_a_1024_bit_key_is_refused()
    {
        _team.Publish(TestKey.Get("weak", 1024), TestKey.Get("current"));

        (await StatusAsync(TestKey.Get("current"))).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(TestKey.Get("weak", 1024))).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    [Trait("attack", "29")]
    [Trait("attack", "35")]
    public async Task One_key_twice_is_one_key()
    {
        _team.Publish(TestKey.Get("current"), TestKey.Get("current"));
        (await StatusAsync(TestKey.Get("current"))).ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [MemberData(nameof(BadAnswers), DisableDiscoveryEnumeration = true)]
    [Trait("attack", "30")]
    public async Task A_bad_answer_is_503_before_there_are_keys_and_nothing_at_all_after(string name, Action<LoopbackKeysEndpoint> misbehave)
    {
        misbehave(_team);
        var waiting = StatusAsync(TestKey.Get("current"));
        await _team.ReceivedAsync(1);
        if (name is "a hang" or "a slow drip")
        {
            _host.Clock.Advance(TimeSpan.FromSeconds(10));
        }

        (await waiting).ShouldBe(HttpStatusCode.ServiceUnavailable);
        _team.Publish(TestKey.Get("current"));
        _host.Clock.Advance(TimeSpan.FromSeconds(10));
        (await StatusAsync(TestKey.Get("current"))).ShouldBe(HttpStatusCode.OK);
        misbehave(_team);
        _host.Clock.AdjustTime(_host.Clock.GetUtcNow() + TimeSpan.FromHours(2));
        (await StatusAsync(TestKey.Get("current"))).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    [Trait("attack", "16")]
    public async Task A_storm_of_forged_keys_at_the_instant_of_a_rotation_delays_the_new_key_by_one_cool_down_at_most()
    {
        (await StatusAsync(TestKey.Get("current"))).ShouldBe(HttpStatusCode.OK);
        _host.Clock.Advance(TimeSpan.FromSeconds(10));
        var fetches = _team.Count;

        (await Task.WhenAll(Enumerable.Range(0, 200).Select(ForgedAsync))).ShouldAllBe(status => status == HttpStatusCode.Unauthorized);
        _team.Count.ShouldBe(fetches + 1);
        _team.Publish(TestKey.Get("current"), TestKey.Get("next"));
        (await StatusAsync(TestKey.Get("next"))).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(TestKey.Get("current"))).ShouldBe(HttpStatusCode.OK);

        _host.Clock.Advance(TimeSpan.FromSeconds(10));
        (await StatusAsync(TestKey.Get("next"))).ShouldBe(HttpStatusCode.OK);
        _team.Count.ShouldBe(fetches + 2);
    }

    [Fact]
    [Trait("attack", "16")]
    public async Task A_rotation_under_fifty_clients_refuses_nobody_and_costs_one_fetch()
    {
        (await StatusAsync(TestKey.Get("current"))).ShouldBe(HttpStatusCode.OK);
        _host.Clock.Advance(TimeSpan.FromSeconds(10));
        _team.Publish(TestKey.Get("current"), TestKey.Get("next"));

        var statuses = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => StatusAsync(TestKey.Get("next"))));

        statuses.ShouldAllBe(status => status == HttpStatusCode.OK);
        _team.Count.ShouldBe(2);
    }

    private Task<HttpStatusCode> ForgedAsync(int number) => StatusAsync(
        TestKey.Get("forger"), header => header["kid"] = "forged-" + number.ToString(CultureInfo.InvariantCulture));

    private Task<HttpStatusCode> StatusAsync(TestKey key, Action<JsonObject>? changeHeader = null)
    {
        var minter = new TokenMinter(_host.Clock, key);
        var payload = minter.Person();
        payload["iss"] = _team.Origin.GetLeftPart(UriPartial.Authority);
        return _host.StatusAsync(minter.Sign(payload, changeHeader));
    }
}
