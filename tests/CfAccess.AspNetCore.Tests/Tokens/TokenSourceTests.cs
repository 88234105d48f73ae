using CfAccess.Shared.AccessToken;
using Microsoft.AspNetCore.Http;

namespace CfAccess.AspNetCore.Tests.Tokens;

/// <summary>Which token a request carries, by the headers just as they came.</summary>
public sealed class TokenSourceTests
{
    private const string Cookie = CloudflareAccessDefaults.AuthorizationCookie;

    [Fact]
    public void Where_only_the_header_may_carry_a_token_a_cookie_is_none()
    {
        Read(CloudflareAccessTokenSources.Header, $"{Cookie}=a.b.c").IsEmpty.ShouldBeTrue();
        Read(CloudflareAccessTokenSources.Header, $"{Cookie}=a.b.c; {Cookie}=d.e.f").IsEmpty.ShouldBeTrue();
        Read(CloudflareAccessTokenSources.HeaderThenCookie, $"{Cookie}=a.b.c").Token.ShouldBe("a.b.c");
        Read(CloudflareAccessTokenSources.Cookie, $"{Cookie}=a.b.c").Token.ShouldBe("a.b.c");
    }

    [Theory]
    [InlineData($"{Cookie}=a.b.c")]
    [InlineData($" {Cookie}=a.b.c ")]
    [InlineData($"\t{Cookie}=a.b.c\t")]
    [InlineData($"theme=dark;{Cookie}=a.b.c;lang=en")]
    [InlineData($"theme=dark; \t {Cookie}=a.b.c \t ; lang=en")]
    public void Blanks_and_tabs_around_a_cookie_are_no_part_of_it(string header) =>
        Read(header).Token.ShouldBe("a.b.c");

    [Theory]
    [InlineData('\u00a0')]
    [InlineData('\u0085')]
    [InlineData('\u2003')]
    [InlineData('\v')]
    [InlineData('\f')]
    public void Any_other_white_space_is_part_of_the_name_or_value_next_to_it(char space)
    {
        Read($"{space}{Cookie}=a.b.c").IsEmpty.ShouldBeTrue();
        Read($"{Cookie}=a.b.c{space}").Token.ShouldBe($"a.b.c{space}");
    }

    [Theory]
    [InlineData($"{Cookie}=a.b.c; {Cookie}=a.b.c")]
    [InlineData($"{Cookie}=a.b.c", $"{Cookie}=a.b.c", $"{Cookie}=a.b.c")]
    public void Equal_cookies_are_one_token(params string[] headers)
    {
        var reading = Read(headers);

        reading.IsAmbiguous.ShouldBeFalse();
        reading.Token.ShouldBe("a.b.c");
    }

    [Theory]
    [InlineData($"{Cookie}=a.b.c; {Cookie}=a.b.C")]
    [InlineData($"{Cookie}=a.b.c; {Cookie}=a.b.c; {Cookie}=a.b.cd")]
    [InlineData($"{Cookie}=a.b.c", $"{Cookie}=d.e.f")]
    public void Different_cookies_are_no_token(params string[] headers)
    {
        var reading = Read(headers);

        reading.IsAmbiguous.ShouldBeTrue();
        reading.Token.ShouldBeNull();
    }

    [Theory]
    [InlineData($"{Cookie}=; {Cookie}=a.b.c")]
    [InlineData($"{Cookie}=a.b.c; {Cookie}=")]
    [InlineData($"{Cookie}=", $"{Cookie}=a.b.c")]
    public void An_empty_cookie_beside_a_full_one_is_no_second_token(params string[] headers)
    {
        var reading = Read(headers);

        reading.IsAmbiguous.ShouldBeFalse();
        reading.Token.ShouldBe("a.b.c");
    }

    private static TokenReading Read(params string[] cookies) => Read(CloudflareAccessTokenSources.HeaderThenCookie, cookies);

    private static TokenReading Read(CloudflareAccessTokenSources sources, params string[] cookies)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers.Cookie = cookies;
        return TokenReader.Read(request, sources);
    }
}
