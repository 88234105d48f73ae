using CfAccess.ApiShield.Tokens;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace CfAccess.ApiShield.Tests.Tokens;

public sealed class TokenLocationTests
{
    private const string Header = "http.request.headers[\"authorization\"][0]";
    private const string Cookie = "http.request.cookies[\"Authorization\"][0]";

    [Theory]
    [InlineData("a.b.c", "a.b.c")]
    [InlineData("Bearer a.b.c", "a.b.c")]
    [InlineData("bEARER a.b.c", "a.b.c")]
    [InlineData("Bearer: a.b.c", "a.b.c")]
    [InlineData("BEARER: a.b.c", "a.b.c")]
    [InlineData("Bearer Bearer a.b.c", "Bearer a.b.c")]
    [InlineData("Bearer  a.b.c", " a.b.c")]
    [InlineData("Bearer:a.b.c", "Bearer:a.b.c")]
    [InlineData("Bearera.b.c", "Bearera.b.c")]
    [InlineData("Bearer", null)]
    [InlineData("bearer:", null)]
    [InlineData("Bearer::", "Bearer::")]
    [InlineData("Basic a.b.c", "Basic a.b.c")]
    [InlineData("", null)]
    [InlineData("Bearer ", null)]
    [InlineData("bearer: ", null)]
    public void Bearer_before_a_token_is_not_part_of_it(string sent, string? token)
    {
        Read(Request(("Authorization", sent)), Header).Token.ShouldBe(token);
        if (sent == sent.Trim())
        {
            Read(Request(("Cookie", $"Authorization={sent}")), Cookie).Token.ShouldBe(token);
        }
    }

    [Fact]
    public void Repeated_headers_keep_their_order()
    {
        var request = Request(("X-Token", new StringValues(["a", "b, c", "d"])));
        Read(request, "http.request.headers[\"x-token\"][0]").Token.ShouldBe("a");
        Read(request, "http.request.headers[\"X-TOKEN\"][1]").Token.ShouldBe("b, c");
        Read(request, "http.request.headers[\"x-token\"][2]").Token.ShouldBe("d");
        Read(request, "http.request.headers[\"x-token\"][3]").IsEmpty.ShouldBeTrue();
        Read(request, "http.request.headers[\"x-other\"][0]").IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void Cookies_of_one_name_merge_in_order_whatever_header_they_stand_in()
    {
        var request = Request(("Cookie", new StringValues(["t=1;T=x; t=2 ; u", "  t=3=4;=5;t=; t%3D=6", "%74=7; %u=8; t%ff=9"])));
        string?[] expected = ["1", "2", "3=4", null, "7", null];
        for (var i = 0; i < expected.Length; i++)
        {
            Read(request, $"http.request.cookies[\"t\"][{i}]").Token.ShouldBe(expected[i]);
        }

        Read(request, "http.request.cookies[\"T\"][0]").Token.ShouldBe("x");
        Read(request, "http.request.cookies[\"T\"][1]").Token.ShouldBeNull();
        Read(request, "http.request.cookies[\"t=\"][0]").Token.ShouldBe("6");
        Read(request, "http.request.cookies[\"u\"][0]").Token.ShouldBeNull();
        Read(request, "http.request.cookies[\"%u\"][0]").Token.ShouldBe("8");
        Read(request, "http.request.cookies[\"t%ff\"][0]").Token.ShouldBe("9");
    }

    [Fact]
    public void A_cookie_name_is_decoded_whatever_its_length_and_a_value_is_not()
    {
        var name = new string('é', 100);
        var request = Request(("Cookie", $"{Uri.EscapeDataString(name)}=%41; caf%C3%A9=b"));
        Read(request, $"http.request.cookies[\"{name}\"][0]").Token.ShouldBe("%41");
        Read(request, "http.request.cookies[\"café\"][0]").Token.ShouldBe("b");
    }

    [Fact]
    public void Of_several_sources_the_first_that_holds_something_counts()
    {
        var request = Request(("Authorization", "Bearer "), ("Cookie", "Authorization=c"), ("X-Token", "x"));
        Read(request, Header, Cookie, "http.request.headers[\"x-token\"][0]").Token.ShouldBe("c");
        Read(request, "http.request.headers[\"x-token\"][0]", Cookie).Token.ShouldBe("x");
        Read(request, Header).IsEmpty.ShouldBeTrue();
    }

    [Theory]
    [InlineData("Bearer a", "a", "a", true)]
    [InlineData("Bearer a", "a", "", true)]
    [InlineData("", "a", "", true)]
    [InlineData("a", "b", "", false)]
    [InlineData("a", "a", "b", false)]
    [InlineData("a", "A", "", false)]
    public void By_option_different_tokens_are_refused(string authorization, string cookie, string token, bool isOne)
    {
        var locations = new[] { Parse(Header), Parse(Cookie), Parse("http.request.headers[\"x-token\"][0]") };
        var request = Request(("Authorization", authorization), ("Cookie", "Authorization=" + cookie), ("X-Token", token));
        var reading = new TokenLocator(locations, refusesDifferentTokens: true).Read(request);
        reading.IsAmbiguous.ShouldBe(!isOne);
        reading.Token.ShouldBe(isOne ? "a" : null);
        ShieldTokens.Verifier(ShieldKey.Of("HS256")).Verify(reading).Word().ShouldBe(isOne ? "malformed" : "multiple_tokens");
        new TokenLocator(locations, refusesDifferentTokens: false).Read(request).Token.ShouldBe("a");
    }

    [Fact]
    public void A_request_without_a_token_has_none()
    {
        var verdict = ShieldTokens.Verifier(ShieldKey.Of("HS256")).Verify(Read(Request(), Header, Cookie));
        verdict.Word().ShouldBe("no_token");
        verdict.IsPresent.ShouldBeFalse();
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("authorization", 0)]
    [InlineData("http.host", 0)]
    [InlineData("http.request.headers", 20)]
    [InlineData("http.request.headers[\"\"][0]", 21)]
    [InlineData("http.request.headers[\"a\"]", 25)]
    [InlineData("http.request.headers[\"a\"][x]", 26)]
    [InlineData("http.request.headers[\"a\"][0] or", 29)]
    [InlineData("http.request.headers[\"a\"][0] eq \"b\"", 29)]
    [InlineData("http.request.jwt.claims[\"a\"][0]", 0)]
    public void Anything_else_is_no_source(string text, int position)
    {
        TokenLocation.TryParse(text, out var location, out var error).ShouldBeFalse();
        location.ShouldBeNull();
        error.Position.ShouldBe(position, error.Message);
    }

    [Fact]
    public void A_source_is_printed_in_one_spelling()
    {
        var location = Parse("http.request.cookies [r\"a\\b\"] [ 12 ]");
        location.ToString().ShouldBe("http.request.cookies[\"a\\\\b\"][12]");
        location.IsCookie.ShouldBeTrue();
        location.Name.ShouldBe("a\\b");
        Parse(location.ToString()).Name.ShouldBe(location.Name);
    }

    private static LocatedToken Read(HttpRequest request, params string[] sources) =>
        new TokenLocator([.. sources.Select(Parse)], refusesDifferentTokens: false).Read(request);

    private static TokenLocation Parse(string text) =>
        TokenLocation.TryParse(text, out var location, out var error) ? location : throw new ShouldAssertException(error.ToString());

    private static HttpRequest Request(params (string Name, StringValues Value)[] headers)
    {
        var request = new DefaultHttpContext().Request;
        foreach (var (name, value) in headers)
        {
            request.Headers[name] = value;
        }

        return request;
    }
}
