using CfAccess.ApiShield.Operations;

namespace CfAccess.ApiShield.Tests.Operations;

/// <summary>What operations may write as host and endpoint.</summary>
public sealed class TemplateTests
{
    [Theory]
    [InlineData("/api/{tenant}/x/{id}", "/api/{var1}/x/{var2}")]
    [InlineData("/api/{var2}/{var1}", "/api/{var1}/{var2}")]
    [InlineData("login", "/login")]
    [InlineData("/", "/")]
    [InlineData("/x/", "/x/")]
    public void Variables_are_renamed_from_the_left(string endpoint, string normalized) =>
        PathTemplate.Parse(endpoint, out _).ShouldNotBeNull().Text.ShouldBe(normalized);

    [Theory]
    [InlineData("API.Example.com", "api.example.com")]
    [InlineData("api.example.com:8443", "api.example.com")]
    [InlineData("api.example.com.", "api.example.com")]
    [InlineData("{tenant}.{region}.example.com", "{hostVar1}.{hostVar2}.example.com")]
    [InlineData("localhost", "localhost")]
    [InlineData("[::1]", "[::1]")]
    [InlineData("xn--bcher-kva.example", "xn--bcher-kva.example")]
    public void A_host_is_a_name_in_lower_case(string host, string normalized) =>
        HostTemplate.Parse(host, out _).ShouldNotBeNull().Text.ShouldBe(normalized);

    [Theory]
    [InlineData("", "empty")]
    [InlineData("/a?b=c", "query")]
    [InlineData("/a#b", "fragment")]
    [InlineData("/a\\b", "backslash")]
    [InlineData("/a b", "blank")]
    [InlineData("/a//b", "two slashes")]
    [InlineData("//a", "two slashes")]
    [InlineData("/a/../b", "resolve")]
    [InlineData("/a/%2e/b", "resolve")]
    [InlineData("/a/x{id}", "brace")]
    [InlineData("/a/{}", "brace")]
    [InlineData("/a/{x}{y}", "brace")]
    [InlineData("/a%00b", "null character")]
    public void An_endpoint_that_no_request_would_match_is_refused(string endpoint, string word)
    {
        PathTemplate.Parse(endpoint, out var problem).ShouldBeNull();
        problem.ShouldContain(word);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("https://api.example.com", "scheme")]
    [InlineData("api.example.com/x", "path")]
    [InlineData("a..b", "label")]
    [InlineData("v{x}.example.com", "label")]
    [InlineData("*.example.com", "label")]
    [InlineData("bücher.example", "xn--")]
    [InlineData("user@example.com", "host name alone")]
    public void A_host_that_no_request_would_name_is_refused(string host, string word)
    {
        HostTemplate.Parse(host, out var problem).ShouldBeNull();
        problem.ShouldContain(word);
    }

    [Fact]
    public void The_bounds_hold()
    {
        PathTemplate.Parse(string.Concat(Enumerable.Repeat("/a", 64)), out _).ShouldNotBeNull();
        PathTemplate.Parse(string.Concat(Enumerable.Repeat("/a", 65)), out _).ShouldBeNull();
        PathTemplate.Parse("/" + new string('a', 4095), out _).ShouldNotBeNull();
        PathTemplate.Parse("/" + new string('a', 4096), out _).ShouldBeNull();
        HostTemplate.Parse(new string('a', 63), out _).ShouldNotBeNull();
        HostTemplate.Parse(new string('a', 64), out _).ShouldBeNull();
        HostTemplate.Parse(string.Join('.', Enumerable.Repeat("aaa", 64)), out _).ShouldNotBeNull();
        HostTemplate.Parse(string.Join('.', Enumerable.Repeat("aaa", 65)), out _).ShouldBeNull();
    }
}
