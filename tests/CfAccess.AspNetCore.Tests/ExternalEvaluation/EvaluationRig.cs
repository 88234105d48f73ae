using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CfAccess.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.AspNetCore.Tests.ExternalEvaluation;

/// <summary>
/// An application that answers Access at <c>/evaluate</c>. Requests are minted and answers verified without code of the library.
/// </summary>
internal sealed class EvaluationRig : IAsyncDisposable
{
    private readonly MetricCollector<long> _evaluations;
    private int _nonces;

    private EvaluationRig(AccessHost host)
    {
        Host = host;
        _evaluations = host.Services.CollectMeasurements<long>("cloudflare_access.external_evaluations");
    }

    public static IDataProtectionProvider KeyRing { get; } = new EphemeralDataProtectionProvider();

    public AccessHost Host { get; }

    public TestClock Clock => Host.Clock;

    public TokenMinter Minter => Host.Minter;

    /// <summary>The reason of the last refusal, as the log tells it.</summary>
    public string? LastReason => Host.Log.Entries
        .LastOrDefault(entry => entry.Event is "EvaluationRefused" or "EvaluationUnavailable")?.Message.TrimEnd('.').Split(' ').Last();

    /// <summary>The tags of each measured evaluation so far.</summary>
    public IReadOnlyList<string> Measured => _evaluations.GetTags();

    private long Now => Clock.GetUtcNow().ToUnixTimeSeconds();

    public static async Task<EvaluationRig> StartAsync(
        KeyDirectory directory,
        Func<AccessIdentity, CancellationToken, Task<bool>>? evaluate = null,
        Action<CloudflareAccessExternalEvaluationOptions>? configure = null,
        Action<CloudflareAccessOptions>? scheme = null,
        Action<WebApplicationBuilder>? build = null,
        Action<WebApplication>? map = null,
        TestClock? clock = null,
        IDataProtectionProvider? keyRing = null,
        bool listens = false)
    {
        var host = await AccessHost.StartAsync(
            scheme,
            builder =>
            {
                builder.Services.AddCloudflareAccessExternalEvaluation(options =>
                {
                    options.KeyDirectory = directory.Path;
                    options.CreateKeyPair = directory.CreateKeyPair;
                    configure?.Invoke(options);
                });
                builder.Services.AddSingleton(keyRing ?? KeyRing);
                build?.Invoke(builder);
            },
            map ?? (app => app.MapAccessExternalEvaluation("/evaluate", evaluate ?? ((_, _) => Task.FromResult(true)))),
            listens,
            clock: clock);
        return new(host);
    }

    /// <summary>The payload of a request, as Cloudflare's example Worker reads it.</summary>
    public JsonObject Payload() => new()
    {
        ["identity"] = new JsonObject { ["email"] = TestTeam.Email, ["groups"] = new JsonArray(TestTeam.Group) },
        ["nonce"] = $"nonce-{Interlocked.Increment(ref _nonces)}",
        ["iat"] = Now,
        ["exp"] = Now + 60,
    };

    /// <summary>A good request token, changed or not.</summary>
    public string Mint(Action<JsonObject>? change = null)
    {
        var payload = Payload();
        change?.Invoke(payload);
        return Minter.Sign(payload);
    }

    public Task<HttpResponseMessage> PostAsync(string token) => PostAsync(Body(token));

    public async Task<HttpResponseMessage> PostAsync(HttpContent body, string path = "/evaluate")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body };
        return await Host.Client.SendAsync(request);
    }

    public static StringContent Body(string token) => new(new JsonObject { ["token"] = token }.ToJsonString(), Encoding.UTF8, "application/json");

    public async Task<HttpStatusCode> StatusAsync(string token)
    {
        using var response = await PostAsync(token);
        return response.StatusCode;
    }

    /// <summary>What the application answers a good request, once it is verified as Access verifies it.</summary>
    public async Task<bool> SuccessAsync(Action<JsonObject>? change = null) =>
        (await AnswerAsync(Mint(change)))["success"]!.GetValue<bool>();

    public async Task<JsonObject> AnswerAsync(string token)
    {
        using var response = await PostAsync(token);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, LastReason);
        return Verified(await AnswerOfAsync(response), await JwksAsync());
    }

    public static async Task<string> AnswerOfAsync(HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync())!["token"]!.GetValue<string>();

    public async Task<JsonArray> JwksAsync() => JsonNode.Parse(await Host.Client.GetStringAsync("/evaluate/keys"))!["keys"]!.AsArray();

    public async Task<string[]> KidsAsync() => [.. (await JwksAsync()).Select(key => key!["kid"]!.GetValue<string>())];

    public static string KidOf(string token) =>
        JsonNode.Parse(Base64UrlEncoder.DecodeBytes(token.Split('.')[0]))!["kid"]!.GetValue<string>();

    /// <summary>Verifies a signature with the one key of its <c>kid</c>, with nothing but RSA.</summary>
    public static JsonObject Verified(string token, JsonArray jwks)
    {
        var segments = token.Split('.');
        var header = JsonNode.Parse(Base64UrlEncoder.DecodeBytes(segments[0]))!;
        header["alg"]!.GetValue<string>().ShouldBe("RS256");
        var jwk = jwks.Where(key => key!["kid"]!.GetValue<string>() == header["kid"]!.GetValue<string>()).ShouldHaveSingleItem()!;
        using var rsa = RSA.Create(new RSAParameters
        {
            Modulus = Base64UrlEncoder.DecodeBytes(jwk["n"]!.GetValue<string>()),
            Exponent = Base64UrlEncoder.DecodeBytes(jwk["e"]!.GetValue<string>()),
        });
        rsa.VerifyData(
            Encoding.ASCII.GetBytes($"{segments[0]}.{segments[1]}"),
            Base64UrlEncoder.DecodeBytes(segments[2]),
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1).ShouldBeTrue();
        return JsonNode.Parse(Base64UrlEncoder.DecodeBytes(segments[1]))!.AsObject();
    }

    public async ValueTask DisposeAsync()
    {
        _evaluations.Dispose();
        await Host.DisposeAsync();
    }
}
