using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.Testing;

/// <summary>A get-identity endpoint. At first it responds with the identity of the person in the token, without groups.</summary>
public sealed class IdentityEndpoint : TestEndpoint
{
    private const string CookieStart = "CF_Authorization=";

    private readonly Lock _gate = new();
    private readonly List<(Uri Url, string Token)> _requests = [];

    public IdentityEndpoint() => Tell();

    /// <summary>Where the requests went, and with which tokens.</summary>
    public IReadOnlyList<(Uri Url, string Token)> Requests
    {
        get
        {
            lock (_gate)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>The identity of the person in a token, as Cloudflare tells it.</summary>
    public static JsonObject Identity(string token) => new()
    {
        ["id"] = "P51Tuu01fWHMBjIBvrCK1lK-eUDWs2aQMv03WDqT5oY",
        ["name"] = "Alice Example",
        ["email"] = PayloadOf(token)["email"]?.DeepClone(),
        ["idp"] = new JsonObject { ["id"] = "f174e90a-fafe-4643-bbbc-4a0ed4fc8415", ["type"] = "okta" },
        ["geo"] = new JsonObject { ["country"] = "NL" },
        ["user_uuid"] = TestTeam.Subject,
        ["account_id"] = "699d98642c564d2e855e9661899b7252",
        ["iat"] = 1772366400,
        ["ip"] = "198.51.100.7",
        ["auth_status"] = "NONE",
        ["common_name"] = string.Empty,
        ["service_token_id"] = string.Empty,
        ["service_token_status"] = false,
        ["is_warp"] = true,
        ["is_gateway"] = false,
        ["gateway_account_id"] = string.Empty,
        ["device_id"] = "d1",
        ["version"] = 2,
        ["devicePosture"] = new JsonObject { ["check-1"] = new JsonObject { ["success"] = true } },
        ["device_sessions"] = new JsonObject(),
        ["oidc_fields"] = new JsonObject { ["level"] = 5 },
    };

    public static JsonObject PayloadOf(string token) =>
        JsonNode.Parse(Base64UrlEncoder.Decode(token.Split('.')[1]))!.AsObject();

    /// <summary>Answers with the identity of the person in the token.</summary>
    public void Tell(Action<JsonObject>? change = null) => Answer = (request, _) =>
    {
        var identity = Identity(TokenOf(request));
        change?.Invoke(identity);
        return Task.FromResult(Response(request, identity.ToJsonString()));
    };

    /// <summary>Answers with these groups.</summary>
    public void TellGroups(string json) => Tell(identity => identity["groups"] = JsonNode.Parse(json));

    public static string TokenOf(HttpRequestMessage request) => request.Headers.GetValues("Cookie").Single()[CookieStart.Length..];

    protected override void Receive(HttpRequestMessage request)
    {
        lock (_gate)
        {
            _requests.Add((request.RequestUri!, TokenOf(request)));
        }
    }
}
