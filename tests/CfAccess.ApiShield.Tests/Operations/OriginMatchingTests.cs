namespace CfAccess.ApiShield.Tests.Operations;

/// <summary>How a request finds its operations where ASP.NET Core's routing decides who answers it.</summary>
public sealed class OriginMatchingTests
{
    [Theory]
    [InlineData("/api/accounts/1", true)]
    [InlineData("/API/Accounts/1", true)]
    [InlineData("/api/accounts/1/", true)]
    [InlineData("/api/accounts/a%2Fb", true)]
    [InlineData("/api/accounts/", false)]
    [InlineData("/api/accounts/1/2", false)]
    [InlineData("/api/accounts/1//", false)]
    [InlineData("/api//accounts/1", false)]
    public void A_path_is_found_as_it_is_routed(string path, bool isFound) =>
        Origin("GET a.test /api/accounts/{id}").Find("GET", "a.test", path).Any().ShouldBe(isFound);

    [Theory]
    [InlineData("/")]
    [InlineData("")]
    public void The_root_is_found_with_and_without_its_slash(string path) =>
        Origin("GET a.test /").Find("GET", "a.test", path).ShouldBe(["GET a.test /"]);

    [Theory]
    [InlineData("GET")]
    [InlineData("get")]
    [InlineData("gEt")]
    public void Routing_takes_methods_without_case(string method) =>
        Origin("GET a.test /x").Find(method, "a.test", "/x").ShouldNotBeEmpty();

    [Theory]
    [InlineData("a.test.")]
    [InlineData("A.TEST.:443")]
    public void The_dot_of_the_root_makes_no_other_host(string host) =>
        Origin("GET a.test /x").Find("GET", host, "/x").ShouldNotBeEmpty();

    [Fact]
    public void An_address_in_brackets_is_a_host() =>
        Origin("GET [::1] /x").Find("GET", "[::1]:5082", "/x").ShouldNotBeEmpty();

    [Fact]
    public void Operations_that_differ_in_case_or_a_slash_are_all_meant() =>
        Origin("GET a.test /x", "GET a.test /X", "GET a.test /x/").Find("GET", "a.test", "/x").Count().ShouldBe(3);

    [Fact]
    public void A_head_means_the_get_where_no_head_is_saved() =>
        Origin("GET a.test /x").Find("HEAD", "a.test", "/x").ShouldBe(["GET a.test /x"]);

    [Fact]
    public void A_head_that_is_saved_is_meant_alone() =>
        Origin("GET a.test /x", "HEAD a.test /x").Find("HEAD", "a.test", "/x").ShouldBe(["HEAD a.test /x"]);

    [Fact]
    public void A_head_with_a_variable_does_not_hide_a_get_without() =>
        Origin("GET a.test /me", "HEAD a.test /{id}").Find("HEAD", "a.test", "/me").Count().ShouldBe(2);

    [Fact]
    public void One_that_is_as_literal_everywhere_and_more_so_somewhere_is_meant_alone() =>
        Origin("POST a.test /{x}", "POST a.test /login", "POST {t}.test /login").Find("POST", "a.test", "/login")
            .ShouldBe(["POST a.test /login"]);

    [Fact]
    public void Of_two_that_are_literal_in_other_places_both_are_meant() =>
        Origin("GET a.test /a/{y}/{z}", "GET a.test /{x}/b/c").Find("GET", "a.test", "/a/b/c").Count().ShouldBe(2);

    [Fact]
    public void A_literal_host_does_not_hide_a_literal_path() =>
        Origin("GET a.test /{x}", "GET {t}.test /admin").Find("GET", "a.test", "/admin").Count().ShouldBe(2);

    [Fact]
    public void However_many_are_meant_none_is_lost()
    {
        string[] operations = [.. Enumerable.Range(0, 12).Select(place =>
            "GET a.test /" + string.Join('/', Enumerable.Range(0, 12).Select(segment => segment == place ? "s" : $"{{v{segment}}}")))];

        Origin(operations).Find("GET", "a.test", string.Concat(Enumerable.Repeat("/s", 12))).Count().ShouldBe(12);
    }

    [Fact]
    public void A_host_is_known_if_an_operation_names_it()
    {
        var saved = Origin("GET a.test /x", "GET {t}.b.test /x");

        saved.Knows("a.test").ShouldBeTrue();
        saved.Knows("any.b.test").ShouldBeTrue();
        saved.Knows("b.test").ShouldBeFalse();
        saved.Knows("127.0.0.1").ShouldBeFalse();
        saved.Knows(string.Empty).ShouldBeFalse();
    }

    private static Saved Origin(params string[] operations) => new(ApiShieldMatching.Origin, operations);
}
