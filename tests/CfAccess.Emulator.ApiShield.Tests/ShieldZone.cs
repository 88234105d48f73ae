using System.Text;
using System.Text.Json.Nodes;

namespace CfAccess.Emulator.ApiShield.Tests;

/// <summary>A client of the API, as a script is one.</summary>
internal sealed class ShieldZone(HttpClient client, string secret)
{
    public const string Id = "023e105f4ecef8ad9ca31a8372d0c353";
    public const string Root = $"/client/v4/zones/{Id}/";

    public Task<ShieldReply> GetAsync(string path) => SendAsync("GET", path);

    public Task<ShieldReply> DeleteAsync(string path) => SendAsync("DELETE", path);

    public Task<ShieldReply> PostAsync(string path, JsonNode body) => SendAsync("POST", path, body.ToJsonString());

    public Task<ShieldReply> PutAsync(string path, JsonNode body) => SendAsync("PUT", path, body.ToJsonString());

    public Task<ShieldReply> PatchAsync(string path, JsonNode body) => SendAsync("PATCH", path, body.ToJsonString());

    public async Task<ShieldReply> SendAsync(
        string method, string path, string? body = null, string contentType = "application/json", Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(new(method), Root + path);
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + secret);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        change?.Invoke(request);
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json", text);
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        return new(response.StatusCode, JsonNode.Parse(text)!.AsObject(), text);
    }

    /// <summary>Everything that the API holds, to see that nothing was changed.</summary>
    public async Task<string> AllAsync()
    {
        List<string> all = [];
        foreach (var path in new[] { "token_validation/config", "token_validation/rules", "api_gateway/operations" })
        {
            all.Add((await GetAsync(path + "?per_page=50")).Good().Text);
        }

        return string.Join('\n', all);
    }

    public async Task<string> ConfigureAsync(params JsonNode[] keys) =>
        (await PostAsync("token_validation/config", ShieldPapers.Configuration(keys))).Good().Id;

    public async Task<string> AddRuleAsync(JsonObject rule) => (await PostAsync("token_validation/rules", rule)).Good().Id;

    public async Task<string> AddOperationAsync(string method = "GET", string endpoint = "/accounts/{id}", string host = ShieldPapers.Host) =>
        (await PostAsync("api_gateway/operations/item", ShieldPapers.Operation(method, endpoint, host))).Good().Result["operation_id"]!.GetValue<string>();

    public async Task<IReadOnlyList<string>> RuleTitlesAsync() =>
        [.. (await GetAsync("token_validation/rules?per_page=50")).Good().Result.AsArray().Select(one => one!["title"]!.GetValue<string>())];
}
