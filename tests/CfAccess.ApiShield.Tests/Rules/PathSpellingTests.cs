using Microsoft.AspNetCore.Builder;

namespace CfAccess.ApiShield.Tests.Rules;

/// <summary>Spellings of a path that a server behind the application could read as a protected path. On Kestrel, which decodes a path first.</summary>
public sealed class PathSpellingTests
{
    [Theory]
    [InlineData("/accounts;%2Fx/1")]
    [InlineData("/accounts;%252Fx/1")]
    [InlineData("/accounts;x/1")]
    [InlineData("/ACCOUNTS/1")]
    [InlineData("/accounts/1/")]
    [InlineData("/accounts%2F1")]
    [InlineData("/./accounts/1")]
    [InlineData("/x/../accounts/1")]
    [InlineData("//accounts/1")]
    [InlineData("/accounts/1;v=2")]
    public Task A_spelling_from_the_field_needs_the_token(string target) => ShouldBeProtectedAsync(target);

    [Theory]
    [InlineData("/accounts;/1")]
    [InlineData("/accounts;;;/1")]
    [InlineData("/accounts;a;b=c/1;d;e")]
    [InlineData("/accounts;a%2Fb;c%2Fd/1")]
    [InlineData("/;a/accounts/1")]
    [InlineData("/;%2F/accounts/1")]
    [InlineData("/accounts%3Bx/1")]
    [InlineData("/accounts%253Bx/1")]
    [InlineData("/accounts%25253Bx/1")]
    [InlineData("/accounts%3B%252Fx/1")]
    [InlineData("/accounts;%25252Fx/1")]
    [InlineData("/;%252Fx%2Faccounts/1")]
    [InlineData("/;%5Cx\\accounts/1")]
    [InlineData("/accounts;%252Fx%2F1")]
    [InlineData("/accounts%2F1;%252Fx")]
    [InlineData("/accounts%2F1%3B%252Fx")]
    [InlineData("/accounts;%5Cx/1")]
    [InlineData("/accounts;\\x/1")]
    [InlineData("/accounts;%255Cx/1")]
    [InlineData("/accounts%252F1")]
    [InlineData("/accounts%25252F1")]
    [InlineData("/accounts%2525252F1")]
    [InlineData("/%2561ccounts/1")]
    [InlineData("/%252561ccounts/1")]
    [InlineData("/accounts%5C1")]
    [InlineData("/accounts%255C1")]
    [InlineData("/accounts\\1")]
    [InlineData("/x\\..\\accounts\\1")]
    [InlineData("/x/..;/accounts/1")]
    [InlineData("/x/..;a=b/accounts/1")]
    [InlineData("/x/.;/..;/accounts/1")]
    [InlineData("/x/%252e%252e;/accounts/1")]
    [InlineData("/x/..%3B/accounts/1")]
    [InlineData("/x/..%253B/accounts/1")]
    [InlineData("/x%2F..;%2Faccounts/1")]
    [InlineData("/x/..%5C/accounts/1")]
    [InlineData("/x//%252e%252e/accounts/1")]
    [InlineData("/x//..;/accounts/1")]
    [InlineData("/accounts/x//%252e%252e/1")]
    [InlineData("/accounts/1;/..;/1")]
    [InlineData("/accounts/1/x/..;/")]
    [InlineData("/accounts/1%3F/2")]
    [InlineData("/accounts/1%23/2")]
    [InlineData("/accounts/1%253F/2")]
    [InlineData("/accounts%2F1;%3F/2")]
    public Task A_spelling_of_the_same_kind_needs_the_token(string target) => ShouldBeProtectedAsync(target);

    /// <summary>A server that does not know path parameters reads them as text.</summary>
    [Theory]
    [InlineData("/accounts%2F..;%2Fpublic")]
    [InlineData("/accounts/1%2F..;%2F..;%2F..%2Fpublic")]
    public async Task A_semicolon_can_be_text_too(string target)
    {
        await using var host = await ShieldHost.StartAsync(
            ShieldDocuments.WithOperations(["GET /accounts/{id}/{part}"], open: ["GET /public"]), listens: true);

        (await SendAsync(host, target)).ShouldStartWith("HTTP/1.1 403");
    }

    [Theory]
    [InlineData("/public;x/1")]
    [InlineData("/public%2F1")]
    [InlineData("/else/..;/public")]
    [InlineData("/100%25")]
    [InlineData("/a;b=c;d=e/f")]
    [InlineData("/.well-known/x")]
    [InlineData("/a//b")]
    public async Task A_path_that_no_server_reads_as_protected_stays_open(string target)
    {
        await using var host = await ShieldHost.StartAsync(listens: true);

        (await SendAsync(host, target)).ShouldContain($"{ShieldHost.Answered}: fallback\r\n");
    }

    [Fact]
    public async Task A_rule_sees_the_path_of_each_reading()
    {
        var documents = ShieldDocuments.With(documents => documents.Rules[0] = ShieldDocuments.Rule(
            expression: $"not http.request.uri.path contains \"secret\" or {ShieldDocuments.NeedsToken}"));
        await using var host = await ShieldHost.StartAsync(documents, listens: true);

        (await SendAsync(host, "/accounts/open")).ShouldContain($"{ShieldHost.Answered}: account\r\n");
        (await SendAsync(host, "/accounts/%2573ecret")).ShouldStartWith("HTTP/1.1 403");
    }

    /// <summary>Each more escape doubles what a path can mean, so there is a bound, and beyond it no path passes.</summary>
    [Theory]
    [InlineData(';')]
    [InlineData('%')]
    [InlineData('\\')]
    [InlineData('b')]
    public async Task A_path_that_can_be_read_in_too_many_ways_does_not_pass(char kind)
    {
        await using var host = await ShieldHost.StartAsync();
        var path = kind switch
        {
            ';' => "/" + string.Join('/', Enumerable.Range(0, 40).Select(depth => $"a;{Escape(depth)}3B{Escape(depth)}2Fb")),
            '%' => "/a" + Escape(100) + "2Fb",
            'b' => "/a" + Escape(20) + "2F" + new string('b', 8000),
            _ => "/" + string.Concat(Enumerable.Range(0, 40).Select(depth => $"\\{Escape(depth)}5C")),
        };

        (await host.ContextAsync(host.ValidToken, context => context.Request.Path = path)).Response.StatusCode.ShouldBe(403);
    }

    [Fact]
    public async Task A_path_base_with_too_many_segments_does_not_pass()
    {
        await using var host = await ShieldHost.StartAsync();

        (await host.ContextAsync(host.ValidToken, context => context.Request.PathBase = string.Concat(Enumerable.Repeat("/a", 5000))))
            .Response.StatusCode.ShouldBe(403);
    }

    private static string Escape(int depth) => "%" + string.Concat(Enumerable.Repeat("25", depth));

    private static async Task ShouldBeProtectedAsync(string target)
    {
        await using var host = await ShieldHost.StartAsync(listens: true, map: app => app.MapFallback("{**path}", ShieldHost.Answer("account")), hasFallback: false);
        await using var open = await ShieldHost.StartAsync(
            ShieldDocuments.With(documents => documents.Rules[0]!["enabled"] = false), listens: true, hasFallback: false, map: app => app.MapFallback("{**path}", ShieldHost.Answer("account")));

        (await SendAsync(host, target)).ShouldStartWith("HTTP/1.1 403");
        (await SendAsync(open, target)).ShouldContain($"{ShieldHost.Answered}: account\r\n");
    }

    private static Task<string> SendAsync(ShieldHost host, string target) =>
        RawRequest.SendAsync(host.Client.BaseAddress!, "GET", target, ShieldDocuments.Host);
}
