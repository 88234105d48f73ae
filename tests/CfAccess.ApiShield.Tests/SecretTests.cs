using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using CfAccess.ApiShield.Documents;
using CfAccess.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.ApiShield.Tests;

/// <summary>Secrets and what clients send are told to nobody.</summary>
public sealed class SecretTests
{
    private static readonly string Secret = Base64UrlEncoder.Encode(SHA256.HashData("a secret"u8));

    [Fact]
    public async Task The_secret_of_a_symmetric_key_is_used_and_never_given_back()
    {
        await using var host = await ShieldHost.StartAsync(Symmetric());
        var token = Sign("""{"alg":"HS256","kid":"shared"}""", """{"sub":"alice"}""");

        (await host.SendAsync(token: token)).Endpoint.ShouldBe("account");
        var set = host.Provider.Current;
        string[] told =
        [
            JsonSerializer.Serialize(set.Configurations, ApiShieldJson.Default.IReadOnlyListApiShieldTokenConfiguration),
            set.Configurations[0].ToString(),
            set.Configurations[0].Credentials.Keys[0].ToString(),
            .. host.Log.Entries.Select(entry => entry.Message),
        ];
        told.ShouldAllBe(text => !text.Contains(Secret));
        told[0].ShouldContain("\"kid\":\"shared\"");
    }

    [Fact]
    public void Nor_is_it_told_of_in_an_error()
    {
        var documents = Symmetric();
        var key = documents.Configurations[0]!["credentials"]!["keys"]![0]!;
        (key["alg"], key["crv"]) = ("HS512", "P-256");

        Should.Throw<ApiShieldDocumentException>(() => documents.Load()).ToString().ShouldNotContain(Secret);
    }

    /// <summary>A document in configuration that begins wrongly looks like the path of a file.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("keys: ")]
    [InlineData("'[{\"k\":\"")]
    [InlineData("\"")]
    [InlineData("k\n")]
    [InlineData("no/such/folder/")]
    [InlineData("\0")]
    [InlineData("\uFEFF [ {\"k\": ")]
    [InlineData("// comment\n/* another */ [")]
    public async Task Nor_is_a_text_of_configuration_that_is_no_document(string before)
    {
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["C"] = new ShieldDocuments().Configurations.ToJsonString() }).Build();
        await using var host = await ShieldHost.StartAsync(
            configure: options => options.Configurations = ApiShieldDocumentSource.FromConfiguration(settings.GetSection("C")));
        settings["C"] = before + Secret;
        settings.Reload();

        host.Provider.Reload().ShouldContain(problem => problem.Severity == ApiShieldSeverity.Error);
        host.Log.Named("DocumentProblem").Count().ShouldBeGreaterThanOrEqualTo(2);
        host.Log.Entries.ShouldAllBe(entry => !entry.Message.Contains(Secret) && !$"{entry.Exception}".Contains(Secret));
        Should.Throw<ApiShieldDocumentException>(() => new ShieldDocuments().Load(options =>
            options.Configurations = ApiShieldDocumentSource.FromConfiguration(settings.GetSection("C")))).ToString().ShouldNotContain(Secret);
    }

    [Fact]
    public async Task Nothing_that_a_client_sends_reaches_the_log()
    {
        await using var host = await ShieldHost.StartAsync(configure: options => options.UnknownHosts = ApiShieldUnknown.Block);
        host.Log.Clear();
        var forged = new TokenMinter(host.Clock, TestKey.Get("stranger")).Sign(
            new JsonObject { ["sub"] = "marker-sub" }, header => header["kid"] = "marker-kid\r\nforged: line");

        await host.SendAsync(token: forged);
        await host.ContextAsync(forged, context =>
        {
            context.Request.Host = new("marker-host");
            context.Request.Path = "/accounts/marker-path";
            context.Request.Headers["marker-header"] = "marker-value";
        });
        await host.ContextAsync("marker-token");

        var told = host.Log.Entries.Where(entry => entry.Category.StartsWith("CfAccess", StringComparison.Ordinal)).ToList();
        told.Count.ShouldBe(3);
        told.ShouldAllBe(entry => !entry.Message.Contains("marker") && !entry.Message.Contains('\n') && !entry.Message.Contains(forged));
    }

    private static ShieldDocuments Symmetric() => ShieldDocuments.With(documents =>
        documents.Configurations[0]!["credentials"]!["keys"] = new JsonArray(new JsonObject
        {
            ["kty"] = "oct",
            ["alg"] = "HS256",
            ["kid"] = "shared",
            ["k"] = Secret,
        }));

    private static string Sign(string header, string payload) =>
        TokenMinter.Sign(header, payload, content => HMACSHA256.HashData(Base64UrlEncoder.DecodeBytes(Secret), content));
}
