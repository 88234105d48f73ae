using Microsoft.AspNetCore.Builder;

namespace CfAccess.ApiShield.Tests.Rules;

/// <summary>
/// <c>http.request.uri.path</c> as rules of the edge see it: with its escapes, normalized as in RFC 3986. Source:
/// https://developers.cloudflare.com/rules/normalization/how-it-works/.
/// </summary>
public sealed class EdgePathTests
{
    [Theory]
    [InlineData("/caf%C3%A9", "/caf%C3%A9")]
    [InlineData("/caf%c3%a9", "/caf%C3%A9")]
    [InlineData("/%63af%C3%A9", "/caf%C3%A9")]
    [InlineData("/caf%C3%A9?x=/caf", "/caf%C3%A9")]
    [InlineData("http://api.example.com/caf%C3%A9?x", "/caf%C3%A9")]
    [InlineData("/x/../caf%C3%A9", "/caf%C3%A9")]
    [InlineData("/a%2fb", "/a%2Fb")]
    [InlineData("/a%3bb;c", "/a%3Bb;c")]
    [InlineData("/a%2Db~c", "/a-b~c")]
    [InlineData("/a%20b", "/a%20b")]
    [InlineData("/a%252Fb", "/a%252Fb")]
    [InlineData("/a\\b", "/a%5Cb")]
    [InlineData("/plain", "/plain")]
    [InlineData("http://api.example.com", "/")]
    public async Task A_rule_of_the_edge_sees_the_path_with_its_escapes(string target, string path)
    {
        await using var host = await StartAsync(path);

        (await RawRequest.SendAsync(host.Client.BaseAddress!, "GET", target, ShieldDocuments.Host)).ShouldContain($"{ShieldHost.Answered}: fallback\r\n");
    }

    [Fact]
    public async Task A_rule_of_the_edge_does_not_see_the_decoded_path()
    {
        await using var host = await StartAsync("/caf\u00e9");

        (await RawRequest.SendAsync(host.Client.BaseAddress!, "GET", "/caf%C3%A9", ShieldDocuments.Host)).ShouldStartWith("HTTP/1.1 403");
    }

    [Fact]
    public async Task A_path_that_the_application_changed_is_seen_as_it_would_be_sent()
    {
        await using var host = await StartAsync("/caf%C3%A9", before: app => app.Use((context, next) =>
        {
            context.Request.Path = "/caf\u00e9";
            return next(context);
        }));

        (await RawRequest.SendAsync(host.Client.BaseAddress!, "GET", "/else", ShieldDocuments.Host)).ShouldContain($"{ShieldHost.Answered}: fallback\r\n");
    }

    [Fact]
    public async Task A_rule_of_the_origin_sees_the_path_that_is_routed()
    {
        await using var host = await StartAsync("/caf\u00e9", ApiShieldMatching.Origin);

        (await RawRequest.SendAsync(host.Client.BaseAddress!, "GET", "/caf%C3%A9", ShieldDocuments.Host)).ShouldContain($"{ShieldHost.Answered}: fallback\r\n");
    }

    /// <summary>A rule blocks every path but one.</summary>
    private static Task<ShieldHost> StartAsync(
        string path, ApiShieldMatching matching = ApiShieldMatching.Edge, Action<WebApplication>? before = null) => ShieldHost.StartAsync(
            ShieldDocuments.With(documents =>
            {
                documents.Operations.Add(ShieldDocuments.Operation("GET", "/"));
                documents.Operations.Add(ShieldDocuments.Operation("GET", "/{one}"));
                documents.Rules[0] = ShieldDocuments.Rule(expression: $"http.request.uri.path eq r\"{path}\"");
            }),
            options => options.Matching = matching,
            before: before,
            listens: true);
}
