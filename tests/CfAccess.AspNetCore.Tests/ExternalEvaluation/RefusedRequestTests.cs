using System.Net;
using System.Text.Json.Nodes;
using CfAccess.Testing;

namespace CfAccess.AspNetCore.Tests.ExternalEvaluation;

/// <summary>Each request is good but for one thing, and the same without it passes.</summary>
public sealed class RefusedRequestTests : EvaluationRigTests
{
    private static readonly string Longest = new('n', 512);

    public static TheoryData<string, string, Action<JsonObject>> Bad => new()
    {
        { "an application token's type", "wrong_type", payload => payload["type"] = "app" },
        { "a session token's type", "wrong_type", payload => payload["type"] = "org" },
        { "the type of a login redirect, which anyone can get", "wrong_type", payload => payload["type"] = "meta" },
        { "the type of a response token, which anyone can get", "wrong_type", payload => payload["type"] = "match" },
        { "such a type in capitals", "wrong_type", payload => payload["type"] = "META" },
        { "a type that is no text", "invalid_claims", payload => payload["type"] = 1 },
        { "a type that is null", "invalid_claims", payload => payload["type"] = null },
        { "another team's issuer", "unknown_issuer", payload => payload["iss"] = TestTeam.PartnerIssuer },
        { "the issuer with a slash", "unknown_issuer", payload => payload["iss"] = TestTeam.Issuer + "/" },
        { "an empty issuer", "unknown_issuer", payload => payload["iss"] = string.Empty },
        { "an issuer that is a list", "invalid_claims", payload => payload["iss"] = new JsonArray(TestTeam.Issuer) },
        { "no identity", "invalid_claims", payload => payload.Remove("identity") },
        { "an identity that is text", "invalid_claims", payload => payload["identity"] = "alice@example.com" },
        { "an identity that is a list", "invalid_claims", payload => payload["identity"] = new JsonArray(new JsonObject()) },
        { "an identity that is null", "invalid_claims", payload => payload["identity"] = null },
        { "no nonce", "invalid_claims", payload => payload.Remove("nonce") },
        { "an empty nonce", "invalid_claims", payload => payload["nonce"] = string.Empty },
        { "a nonce that is a number", "invalid_claims", payload => payload["nonce"] = 1 },
        { "a nonce of 513 characters", "invalid_claims", payload => payload["nonce"] = Longest + "n" },
        { "no end", "invalid_claims", payload => payload.Remove("exp") },
        { "an end that is text", "invalid_claims", payload => payload["exp"] = $"{payload["exp"]}" },
        { "an end beyond all time", "invalid_claims", payload => payload["exp"] = JsonNode.Parse("1e400") },
        { "no beginning", "invalid_claims", payload => payload.Remove("iat") },
        { "a beginning that is text", "invalid_claims", payload => payload["iat"] = $"{payload["iat"]}" },
        { "a beginning that is negative", "invalid_claims", payload => payload["iat"] = -1 },
        { "an end at its beginning", "invalid_claims", payload => payload["exp"] = (long)payload["iat"]! },
        { "a life of more than 10 minutes", "too_long_lived", payload => payload["exp"] = (long)payload["iat"]! + 601 },
        { "an old one", "expired", payload => Shift(payload, -120) },
        { "one from the future", "issued_in_future", payload => Shift(payload, 61) },
        { "one that has not begun", "not_yet_valid", payload => payload["nbf"] = (long)payload["iat"]! + 61 },
        { "a beginning that is no number", "invalid_claims", payload => payload["nbf"] = "now" },
    };

    public static TheoryData<string, Action<JsonObject>> Good => new()
    {
        { "as it is", _ => { } },
        { "another type", payload => payload["type"] = "external_evaluation" },
        { "the team's issuer", payload => payload["iss"] = TestTeam.Issuer },
        { "any audience", payload => payload["aud"] = new JsonArray("anything") },
        { "members that are not known", payload => payload["other"] = new JsonObject { ["a"] = 1 } },
        { "a nonce of 512 characters", payload => payload["nonce"] = Longest },
        { "a life of 10 minutes", payload => payload["exp"] = (long)payload["iat"]! + 600 },
        { "one that ended within the clock skew", payload => Shift(payload, -119) },
        { "one from the future within the clock skew", payload => Shift(payload, 60) },
    };

    [Theory]
    [MemberData(nameof(Good))]
    public async Task A_good_request_is_answered(string what, Action<JsonObject> change) =>
        (await Rig.SuccessAsync(change)).ShouldBeTrue(what);

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task A_request_that_is_wrong_in_one_way_is_refused_and_told_nothing(string what, string reason, Action<JsonObject> change)
    {
        using var response = await Rig.PostAsync(Rig.Mint(change));

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest, what);
        Rig.LastReason.ShouldBe(reason, what);
        (await response.Content.ReadAsStringAsync()).ShouldBe("""{"error":"refused"}""");
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        Asked.Count.ShouldBe(0);
    }

    [Theory]
    [InlineData("""{"iat":{0},"exp":{1},"nonce":"a","nonce":"b","identity":{}}""")]
    [InlineData("""{"iat":{0},"exp":{1},"nonce":"a","type":"meta","type":"x","identity":{}}""")]
    [InlineData("""{"iat":{0},"exp":{1},"nonce":"a","identity":{},"identity":{}}""")]
    [InlineData("""{"iat":{0},"exp":{1},"nonce":"a","identity":{"email":"a@b.c","email":"d@e.f"}}""")]
    [InlineData("""{"iat":{0},"exp":{1},"nonce":"a","identity":{"geo":{"country":"NL","country":"US"}}}""")]
    [InlineData("""{"iat":{0},"exp":{1},"nonce":"a","identity":{"name":"\ud800"}}""")]
    [InlineData("""{"iat":{0},"exp":{1},"nonce":"\ud800","identity":{}}""")]
    [InlineData("""{"iat":{0},"exp":{1},"nonce":"a","identity":{}} x""")]
    [InlineData("""[{"iat":{0},"exp":{1},"nonce":"a","identity":{}}]""")]
    public async Task A_payload_that_could_be_read_in_two_ways_is_refused(string payload)
    {
        var now = Rig.Clock.GetUtcNow().ToUnixTimeSeconds();
        var written = payload.Replace("{0}", $"{now}", StringComparison.Ordinal).Replace("{1}", $"{now + 60}", StringComparison.Ordinal);

        (await Rig.StatusAsync(Rig.Minter.Sign("""{"alg":"RS256","kid":"KID"}""".Replace("KID", Rig.Minter.Key.Kid, StringComparison.Ordinal), written)))
            .ShouldBe(HttpStatusCode.BadRequest);
        Rig.LastReason.ShouldBe("malformed");
    }

    [Fact]
    public async Task A_wrong_signature_is_refused()
    {
        var segments = Rig.Mint().Split('.');
        var forged = new TokenMinter(Rig.Clock, TestKey.Get("stranger"))
            .Sign(Rig.Payload(), header => header["kid"] = Rig.Minter.Key.Kid);

        (await Rig.StatusAsync(forged)).ShouldBe(HttpStatusCode.BadRequest);
        Rig.LastReason.ShouldBe("bad_signature");
        (await Rig.StatusAsync($"{segments[0]}.{segments[1]}.{Rig.Mint().Split('.')[2]}")).ShouldBe(HttpStatusCode.BadRequest);
        Rig.LastReason.ShouldBe("bad_signature");
    }

    [Theory]
    [InlineData("alg", "none", "unsupported_algorithm")]
    [InlineData("alg", "HS256", "unsupported_algorithm")]
    [InlineData("alg", "RS512", "unsupported_algorithm")]
    [InlineData("crit", "exp", "unsupported_header")]
    [InlineData("jku", "https://evil.example/keys", "unsupported_header")]
    [InlineData("kid", "", "malformed")]
    public async Task A_header_that_asks_for_another_check_is_refused(string member, string value, string reason)
    {
        (await Rig.StatusAsync(Rig.Minter.Sign(Rig.Payload(), header => header[member] = value))).ShouldBe(HttpStatusCode.BadRequest);
        Rig.LastReason.ShouldBe(reason);
    }

    private static void Shift(JsonObject payload, int seconds)
    {
        payload["iat"] = (long)payload["iat"]! + seconds;
        payload["exp"] = (long)payload["exp"]! + seconds;
    }
}
