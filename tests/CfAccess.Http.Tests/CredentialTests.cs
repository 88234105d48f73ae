using CfAccess.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CfAccess.Http.Tests;

/// <summary>A credential that the application defines itself.</summary>
public sealed class CredentialTests
{
    [Fact]
    public async Task A_custom_credential_is_read_for_each_request_and_sent()
    {
        await using var other = await OtherApp.StartAsync();
        var credential = new Credential("Cf-Access-Token");
        using var host = Host(other, credential, "Cf-Access-Token");
        await host.StartAsync();

        credential.Value = "first";
        await GetAsync(host);
        credential.Value = "second";
        await GetAsync(host);

        other.Received.Select(request => request.Token).ShouldBe(["first", "second"]);
    }

    [Fact]
    public async Task A_credential_that_sets_an_undeclared_header_throws_and_sends_nothing()
    {
        await using var other = await OtherApp.StartAsync();
        using var host = Host(other, new Credential("Cf-Access-Token") { Value = "secret" }, "X-Another");

        var failure = await Should.ThrowAsync<InvalidOperationException>(() => GetAsync(host));

        failure.Message.ShouldStartWith("The credential Credential sets the header Cf-Access-Token");
        failure.Message.ShouldNotContain("secret");
        other.Received.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("secret\r\nX-Injected: 1")]
    [InlineData("secr\u00e9t")]
    [InlineData("")]
    public async Task A_value_that_a_header_cannot_contain_throws_without_the_value(string value)
    {
        await using var other = await OtherApp.StartAsync();
        using var host = Host(other, new Credential("Authorization") { Value = value }, "Authorization");

        var failure = await Should.ThrowAsync<InvalidOperationException>(() => GetAsync(host));

        failure.Message.ShouldContain("the header Authorization");
        failure.ToString().ShouldNotContain("secr");
        other.Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_credential_can_stop_the_start()
    {
        await using var other = await OtherApp.StartAsync();
        using var host = Host(other, new Credential("Cf-Access-Token") { Problem = "There is no token." }, "Cf-Access-Token");

        (await Should.ThrowAsync<InvalidOperationException>(() => host.StartAsync())).Message.ShouldBe("There is no token.");
    }

    [Fact]
    public void A_credential_without_header_names_is_rejected() =>
        Should.Throw<ArgumentException>(() => new ServiceCollection().AddHttpClient("other").AddCloudflareAccessCredential([], _ => new Credential("a")))
            .ParamName.ShouldBe("headerNames");

    private static IHost Host(OtherApp other, Credential credential, params string[] headerNames)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddHttpClient("other", client => client.BaseAddress = other.Address).AddCloudflareAccessCredential(headerNames, _ => credential);
        return builder.Build();
    }

    private static Task<HttpResponseMessage> GetAsync(IHost host) =>
        host.Services.GetRequiredService<IHttpClientFactory>().CreateClient("other").GetAsync(new Uri("/", UriKind.Relative));

    private sealed class Credential(string header) : CloudflareAccessCredential
    {
        public string Value { get; set; } = "value";

        public string? Problem { get; init; }

        public override void Validate()
        {
            if (Problem is not null)
            {
                throw new InvalidOperationException(Problem);
            }
        }

        public override IEnumerable<KeyValuePair<string, string>> GetHeaders() => [new(header, Value)];
    }
}
