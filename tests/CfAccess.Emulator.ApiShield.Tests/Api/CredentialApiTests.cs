using System.Net;
using System.Text.Json.Nodes;

namespace CfAccess.Emulator.ApiShield.Tests.Api;

public sealed class CredentialApiTests(SharedShieldApp shared) : IClassFixture<SharedShieldApp>, IAsyncLifetime
{
    private readonly ShieldApp _app = shared.Begin();
    private string _id = null!;

    private string Credentials => $"token_validation/config/{_id}/credentials";

    public async ValueTask InitializeAsync()
    {
        _id = await _app.Zone.ConfigureAsync(ShieldPapers.RsaKey(), ShieldPapers.SecretKey());
        await _app.Zone.AddOperationAsync();
        await _app.Zone.AddRuleAsync(ShieldPapers.Rule(_id));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_secret_is_kept_and_never_given_back()
    {
        (await _app.CallAsync(ShieldPapers.SecretToken())).ShouldBe(HttpStatusCode.OK);
        var same = new JsonObject { ["keys"] = new JsonArray(ShieldPapers.SecretKey()) };
        var tooShort = new JsonObject { ["kty"] = "oct", ["alg"] = "HS512", ["kid"] = "b", ["k"] = ShieldPapers.Secret };
        var dropping = new JsonObject { ["keys"] = new JsonArray(ShieldPapers.SecretKey(), tooShort) };
        ShieldReply[] replies =
        [
            await _app.Zone.PutAsync(Credentials, same),
            await _app.Zone.PatchAsync(Credentials, same),
            await _app.Zone.PutAsync(Credentials, dropping),
            await _app.Zone.GetAsync($"token_validation/config/{_id}"),
            await _app.Zone.GetAsync("token_validation/config"),
            await _app.Zone.PatchAsync($"token_validation/config/{_id}", new JsonObject { ["title"] = "Other" }),
            await _app.Zone.PostAsync("token_validation/config", ShieldPapers.Configuration(ShieldPapers.SecretKey())),
        ];

        foreach (var reply in replies)
        {
            reply.Good().Text.ShouldNotContain(ShieldPapers.Secret);
            reply.Text.ShouldNotContain("\"k\"");
            reply.Text.ShouldContain("\"kid\":\"shared\"");
        }
    }

    [Fact]
    public async Task PUT_replaces_all_keys()
    {
        (await _app.Zone.PutAsync(Credentials, new JsonObject { ["keys"] = new JsonArray(ShieldPapers.SecretKey("new")) })).Good();

        (await _app.CallAsync(ShieldPapers.RsaToken(_app.Clock))).ShouldBe(HttpStatusCode.Forbidden);
        (await _app.CallAsync(ShieldPapers.SecretToken())).ShouldBe(HttpStatusCode.Forbidden);
        (await _app.CallAsync(ShieldPapers.SecretToken("new"))).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task PATCH_keeps_what_is_left_out_of_a_key_and_drops_keys_that_are_left_out()
    {
        var named = new JsonObject { ["kty"] = "oct", ["alg"] = "HS256", ["kid"] = "shared" };

        var patched = (await _app.Zone.PatchAsync(Credentials, new JsonObject { ["keys"] = new JsonArray(named) })).Good();

        patched.Result["keys"]!.AsArray().Count.ShouldBe(1);
        (await _app.CallAsync(ShieldPapers.SecretToken())).ShouldBe(HttpStatusCode.OK, "its secret was inherited");
        (await _app.CallAsync(ShieldPapers.RsaToken(_app.Clock))).ShouldBe(HttpStatusCode.Forbidden, "it was not named");
    }

    [Theory]
    [InlineData("HS256", "other")]
    [InlineData("HS384", "shared")]
    [InlineData("HS256", "Shared")]
    public async Task PATCH_inherits_from_no_key_of_another_alg_or_kid(string algorithm, string kid)
    {
        var before = await _app.Zone.AllAsync();
        var named = new JsonObject { ["kty"] = "oct", ["alg"] = algorithm, ["kid"] = kid };

        (await _app.Zone.PatchAsync(Credentials, new JsonObject { ["keys"] = new JsonArray(named) })).Bad().Pointers.ShouldBe(["/keys"]);

        (await _app.Zone.AllAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task PUT_inherits_nothing()
    {
        var named = new JsonObject { ["kty"] = "oct", ["alg"] = "HS256", ["kid"] = "shared" };

        (await _app.Zone.PutAsync(Credentials, new JsonObject { ["keys"] = new JsonArray(named) })).Bad();

        (await _app.CallAsync(ShieldPapers.SecretToken())).ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("[]", "")]
    [InlineData("7", "")]
    [InlineData("{}", "/keys")]
    [InlineData("""{ "keys": {} }""", "/keys")]
    [InlineData("""{ "keys": [] }""", "/keys")]
    [InlineData("""{ "keys": [ 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17 ] }""", "/keys")]
    [InlineData("""{ "keys": [ 7, null, "x" ] }""", "/keys")]
    [InlineData("""{ "keys": [], "keys": [] }""", "/keys")]
    public async Task What_is_no_set_of_keys_is_refused_by_its_pointer_and_the_keys_stay(string body, string place)
    {
        foreach (var method in new[] { "PUT", "PATCH" })
        {
            (await _app.Zone.SendAsync(method, Credentials, body)).Bad().Pointers.ShouldContain(place);
        }

        (await _app.CallAsync(ShieldPapers.SecretToken())).ShouldBe(HttpStatusCode.OK);
        (await _app.CallAsync(ShieldPapers.RsaToken(_app.Clock))).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_was_dropped_or_completed_is_a_message_with_Cloudflares_code_where_it_has_one()
    {
        var plain = ShieldPapers.RsaKey();
        plain.Remove("alg");
        var foreign = new JsonObject { ["kty"] = "OKP", ["alg"] = "EdDSA", ["kid"] = "ed" };

        var reply = (await _app.Zone.PutAsync(Credentials, new JsonObject { ["keys"] = new JsonArray(plain, foreign) })).Good();

        var notes = reply.Json["messages"]!.AsArray();
        notes.ShouldContain(note => note!["code"]!.GetValue<int>() == 110003 && note["source"]!["pointer"]!.GetValue<string>() == "/keys/0");
        notes.ShouldContain(note => note!["source"]!["pointer"]!.GetValue<string>() == "/keys/1" && note["message"]!.GetValue<string>().Contains("is not used"));
        reply.Result["keys"]!.AsArray().ShouldHaveSingleItem()!["alg"]!.GetValue<string>().ShouldBe("RS256");
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    public async Task The_keys_are_beside_success_too_where_older_SDKs_read_them(string method)
    {
        var reply = (await _app.Zone.SendAsync(
            method, Credentials, new JsonObject { ["keys"] = new JsonArray(ShieldPapers.RsaKey(), ShieldPapers.SecretKey()) }.ToJsonString())).Good();

        reply.Json["keys"]!.ToJsonString().ShouldBe(reply.Result["keys"]!.ToJsonString());
        reply.Json["keys"]!.AsArray().Count.ShouldBe(2);
        reply.Text.ShouldNotContain(ShieldPapers.Secret);
    }
}
