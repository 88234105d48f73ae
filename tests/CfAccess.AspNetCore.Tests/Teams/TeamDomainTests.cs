using CfAccess.AspNetCore.Teams;
using CfAccess.Testing;
using Microsoft.Extensions.Options;

namespace CfAccess.AspNetCore.Tests.Teams;

public sealed class TeamDomainTests
{
    [Theory]
    [InlineData("acme", "https://acme.cloudflareaccess.com")]
    [InlineData("ACME", "https://acme.cloudflareaccess.com")]
    [InlineData(" acme ", "https://acme.cloudflareaccess.com")]
    [InlineData("acme.cloudflareaccess.com", "https://acme.cloudflareaccess.com")]
    [InlineData("Acme.CloudflareAccess.com/", "https://acme.cloudflareaccess.com")]
    [InlineData("https://acme.cloudflareaccess.com", "https://acme.cloudflareaccess.com")]
    [InlineData("HTTPS://ACME.cloudflareaccess.com/", "https://acme.cloudflareaccess.com")]
    [InlineData("acme.fed", "https://acme.fed.cloudflareaccess.com")]
    [InlineData("acme.fed.cloudflareaccess.com", "https://acme.fed.cloudflareaccess.com")]
    [InlineData("https://acme.fed.cloudflareaccess.com/", "https://acme.fed.cloudflareaccess.com")]
    [InlineData("a", "https://a.cloudflareaccess.com")]
    [InlineData("my-team-2", "https://my-team-2.cloudflareaccess.com")]
    public void What_a_user_writes_becomes_the_issuer(string written, string issuer)
    {
        TeamDomain.TryGetIssuer(written, allowCustom: false, isDevelopment: false, out var found).ShouldBeTrue();
        found.ShouldBe(issuer);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("https://")]
    [InlineData("https://acme")]
    [InlineData("http://acme.cloudflareaccess.com")]
    [InlineData("https://acme.cloudflareaccess.com//")]
    [InlineData("https://acme.cloudflareaccess.com:443")]
    [InlineData("https://acme.cloudflareaccess.com/path")]
    [InlineData("https://acme.cloudflareaccess.com?q")]
    [InlineData("https://acme.cloudflareaccess.com#f")]
    [InlineData("https://user@acme.cloudflareaccess.com")]
    [InlineData("https://user:password@acme.cloudflareaccess.com")]
    [InlineData("evilcloudflareaccess.com")]
    [InlineData("cloudflareaccess.com")]
    [InlineData(".cloudflareaccess.com")]
    [InlineData("acme.cloudflareaccess.com.evil.example")]
    [InlineData("x.evil.example#.cloudflareaccess.com")]
    [InlineData("x.evil.example/.cloudflareaccess.com")]
    [InlineData("evil.example?.cloudflareaccess.com")]
    [InlineData("evil.example\\.cloudflareaccess.com")]
    [InlineData("evil.example@acme.cloudflareaccess.com")]
    [InlineData("a.b.cloudflareaccess.com")]
    [InlineData(".fed")]
    [InlineData("acme.fed.fed")]
    [InlineData("-acme")]
    [InlineData("acme-")]
    [InlineData("ac me")]
    [InlineData("acmé")]
    [InlineData("acme.evil.example")]
    [InlineData("https://access.example.com")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123")]
    public void Anything_else_is_refused(string? written) =>
        TeamDomain.TryGetIssuer(written, allowCustom: false, isDevelopment: true, out _).ShouldBeFalse();

    [Theory]
    [InlineData("acme", "https://acme.cloudflareaccess.com")]
    [InlineData("https://access.example.com", "https://access.example.com")]
    [InlineData("https://Access.Example.com:8443/", "https://access.example.com:8443")]
    [InlineData("http://localhost:5090", "http://localhost:5090")]
    [InlineData("http://127.0.0.1:5090", "http://127.0.0.1:5090")]
    [InlineData("http://[::1]:5090", "http://[::1]:5090")]
    [InlineData("https://team.localhost:5090", "https://team.localhost:5090")]
    public void A_custom_domain_is_a_whole_origin(string written, string issuer)
    {
        TeamDomain.TryGetIssuer(written, allowCustom: true, isDevelopment: false, out var found).ShouldBeTrue();
        found.ShouldBe(issuer);
    }

    [Theory]
    [InlineData("http://access.example.com")]
    [InlineData("http://localhost.evil.example")]
    [InlineData("http://team.localhost:5090")]
    [InlineData("http://localhost.:5090")]
    [InlineData("ftp://access.example.com")]
    [InlineData("https://access.example.com/path")]
    [InlineData("https://access.example.com/?q")]
    [InlineData("https://access.example.com/#f")]
    [InlineData("https://user@access.example.com")]
    [InlineData("https://@access.example.com")]
    [InlineData("access.example.com")]
    [InlineData("/access")]
    [InlineData("https:///")]
    public void A_custom_domain_is_nothing_else(string written) =>
        TeamDomain.TryGetIssuer(written, allowCustom: true, isDevelopment: false, out _).ShouldBeFalse();

    [Fact]
    public void Plain_http_beyond_this_machine_is_for_development_only()
    {
        TeamDomain.TryGetIssuer("http://access.test:8080", allowCustom: true, isDevelopment: true, out var issuer).ShouldBeTrue();
        issuer.ShouldBe("http://access.test:8080");
    }

    [Fact]
    public async Task A_team_on_plain_http_under_localhost_stops_the_start_outside_development()
    {
        var failure = await Should.ThrowAsync<OptionsValidationException>(() => AccessHost.StartAsync(
            options => (options.AllowCustomTeamDomain, options.TeamDomain) = (true, "http://team.localhost:5090")));

        failure.Message.ShouldContain("Authentication:Schemes:CloudflareAccess:TeamDomain is 'http://team.localhost:5090'");
        failure.Message.ShouldContain("http://localhost:5090");
    }
}
