using System.Text.Json.Nodes;

namespace CfAccess.Testing.Attacks;

/// <summary>Lines 17 and 19: tokens that the account's key signed for something else than a login to this application.</summary>
internal static class TypeAttacks
{
    public static IEnumerable<Attack> All => [.. Anonymous, .. Types];

    private static IEnumerable<Attack> Anonymous =>
    [
        Attack.OnDraft(17, "a meta token, as a login redirect gives it to anyone", "unknown_issuer", (_, draft) => draft.Body(Meta)),
        Attack.OnDraft(17, "a meta token, with an unknown kid", "unknown_issuer", (bench, draft) =>
            draft.Body(Meta).Head(header => header["kid"] = bench.UnknownKid)),
        Attack.OnDraft(17, "a meta token with the team as issuer", "wrong_type", (_, draft) => draft.Body(Meta).Body(Issued)),
        Attack.OnDraft(17, "a meta token with the team as issuer, and an unknown kid", "wrong_type", (bench, draft) =>
            draft.Body(Meta).Body(Issued).Head(header => header["kid"] = bench.UnknownKid)),
        Attack.OnDraft(17, "a meta token with the team as issuer and a list as audience", "wrong_type", (_, draft) =>
            draft.Body(Meta).Body(Issued).Body(payload => payload["aud"] = new JsonArray(TestTeam.Audience))),
        Attack.OnDraft(17, "a match token, as anyone gets it", "unknown_issuer", (_, draft) => draft.Body(Match)),
        Attack.OnDraft(17, "a match token with the team as issuer", "wrong_type", (_, draft) => draft.Body(Match).Body(Issued)),
        Attack.OnDraft(17, "a match token with all claims of a person", "wrong_type", (_, draft) =>
            draft.Body(payload => payload["type"] = "match")),
        Attack.OnDraft(17, "a meta token with all claims of a person", "wrong_type", (_, draft) =>
            draft.Body(payload => payload["type"] = "meta")),
    ];

    private static IEnumerable<Attack> Types =>
    [
        Attack.OnDraft(19, "an org token with the application's audience", "wrong_type", (_, draft) =>
            draft.Body(payload => payload["type"] = "org")),
        Attack.OnDraft(19, "an org token, with an unknown kid", "wrong_type", (bench, draft) =>
            draft.Body(payload => payload["type"] = "org").Head(header => header["kid"] = bench.UnknownKid)),
        Attack.OnDraft(19, "an org token without the application's audience", "wrong_type", (_, draft) => draft.Body(payload =>
        {
            payload["type"] = "org";
            payload["aud"] = TestTeam.Issuer;
        })),
        Attack.OnDraft(19, "a service's org token", "wrong_type", (_, draft) =>
            draft.Body(payload => payload["type"] = "org"), bench => bench.Service()),
        Typed("missing", null, "wrong_type"),
        Typed("in another case", "\"App\"", "wrong_type"),
        Typed("with a blank", "\"app \"", "wrong_type"),
        Typed("empty", "\"\"", "wrong_type"),
        Typed("with a suffix", "\"application\"", "wrong_type"),
        Typed("null", "null", "invalid_claims"),
        Typed("a list", "[\"app\"]", "invalid_claims"),
        Typed("an object", "{\"app\":true}", "invalid_claims"),
        Typed("a number", "1", "invalid_claims"),
        Attack.OnDraft(19, "type twice, app first", "malformed", (_, draft) => draft.BodyText(TokenDraft.Appending("\"type\":\"org\""))),
        Attack.OnDraft(19, "type twice, app last", "malformed", (_, draft) => draft.BodyText(TokenDraft.Prepending("\"type\":\"org\""))),
        Attack.OnDraft(19, "type only in the header", "wrong_type", (_, draft) =>
            draft.Body(payload => payload.Remove("type")).Head(header => header["type"] = "app")),
        Attack.OnDraft(19, "type under another case of its name", "wrong_type", (_, draft) => draft.Body(payload =>
        {
            payload.Remove("type");
            payload["Type"] = "app";
        })),
    ];

    private static void Meta(JsonObject payload)
    {
        var now = payload["iat"]!.GetValue<long>();
        payload.Clear();
        payload["type"] = "meta";
        payload["aud"] = TestTeam.Audience;
        payload["hostname"] = "app.example.com";
        payload["redirect_url"] = "/";
        payload["service_token_status"] = false;
        payload["is_warp"] = false;
        payload["nbf"] = now;
        payload["iat"] = now;
        payload["exp"] = now + 300;
    }

    private static void Match(JsonObject payload)
    {
        Meta(payload);
        payload["type"] = "match";
    }

    private static void Issued(JsonObject payload) => payload["iss"] = TestTeam.Issuer;

    private static Attack Typed(string what, string? json, string reason) => Attack.OnDraft(
        19, $"type {what}", reason, (_, draft) => json is null
            ? draft.Body(payload => payload.Remove("type"))
            : draft.BodyText(TokenDraft.Replacing("type", json)));
}
