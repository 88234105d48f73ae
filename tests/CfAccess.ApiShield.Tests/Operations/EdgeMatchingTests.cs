namespace CfAccess.ApiShield.Tests.Operations;

/// <summary>How Cloudflare's edge finds the operation of a request.</summary>
public sealed class EdgeMatchingTests
{
    [Theory]
    [InlineData("/api/accounts/1", true)]
    [InlineData("/api/accounts/a%2Fb", true)]
    [InlineData("/api/accounts/", false)]
    [InlineData("/api/accounts", false)]
    [InlineData("/api/accounts/1/", false)]
    [InlineData("/api/accounts/1/2", false)]
    [InlineData("/API/accounts/1", false)]
    [InlineData("//api/accounts/1", false)]
    public void A_variable_is_one_segment_that_is_not_empty(string path, bool isFound) =>
        Edge("GET a.test /api/accounts/{id}").Find("GET", "a.test", path).Any().ShouldBe(isFound);

    [Theory]
    [InlineData("GET", true)]
    [InlineData("get", false)]
    [InlineData("HEAD", false)]
    [InlineData("POST", false)]
    public void The_method_is_compared_as_it_is(string method, bool isFound) =>
        Edge("GET a.test /x").Find(method, "a.test", "/x").Any().ShouldBe(isFound);

    [Theory]
    [InlineData("a.test", true)]
    [InlineData("A.TEST", true)]
    [InlineData("a.test:8443", true)]
    [InlineData("b.a.test", false)]
    [InlineData("a.test.evil.test", false)]
    public void The_host_is_compared_without_case_and_port(string host, bool isFound) =>
        Edge("GET a.test /x").Find("GET", host, "/x").Any().ShouldBe(isFound);

    [Fact]
    public void A_trailing_slash_counts()
    {
        var saved = Edge("GET a.test /x", "GET a.test /x/", "GET a.test /");

        saved.Find("GET", "a.test", "/x").ShouldBe(["GET a.test /x"]);
        saved.Find("GET", "a.test", "/x/").ShouldBe(["GET a.test /x/"]);
        saved.Find("GET", "a.test", "/").ShouldBe(["GET a.test /"]);
    }

    [Fact]
    public void More_literal_segments_win() =>
        Edge("GET a.test /a/{y}/{z}", "GET a.test /{x}/b/c").Find("GET", "a.test", "/a/b/c").ShouldBe(["GET a.test /{x}/b/c"]);

    [Fact]
    public void Of_as_many_literal_segments_the_leftmost_wins() =>
        Edge("GET a.test /{x}/b", "GET a.test /a/{y}").Find("GET", "a.test", "/a/b").ShouldBe(["GET a.test /a/{y}"]);

    [Fact]
    public void A_literal_that_leads_nowhere_does_not_hide_a_variable() =>
        Edge("GET a.test /a/b", "GET a.test /{x}/c").Find("GET", "a.test", "/a/c").ShouldBe(["GET a.test /{x}/c"]);

    [Theory]
    [InlineData("v1.a.test", true)]
    [InlineData("a.test", false)]
    [InlineData("x.v1.a.test", false)]
    [InlineData(".a.test", false)]
    public void A_host_variable_is_a_whole_label(string host, bool isFound) =>
        Edge("GET {tenant}.a.test /x").Find("GET", host, "/x").Any().ShouldBe(isFound);

    [Fact]
    public void A_literal_host_goes_before_one_with_a_variable() =>
        Edge("GET {tenant}.a.test /x", "GET v1.a.test /{y}").Find("GET", "v1.a.test", "/x").ShouldBe(["GET v1.a.test /{y}"]);

    [Fact]
    public void A_literal_may_be_written_with_escapes() =>
        Edge("GET a.test /caf%C3%A9").Find("GET", "a.test", "/café").ShouldBe(["GET a.test /caf%C3%A9"]);

    private static Saved Edge(params string[] operations) => new(ApiShieldMatching.Edge, operations);
}
