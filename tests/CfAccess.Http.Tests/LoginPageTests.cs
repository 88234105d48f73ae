using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.Http.Tests;

/// <summary>A login page is no answer, even where a handler below followed the redirect and it comes with 200.</summary>
public sealed class LoginPageTests
{
    [Theory]
    [InlineData("https://acme.cloudflareaccess.com/cdn-cgi/access/login/app.example.com?kid=tag")]
    [InlineData("https://app.example.com/cdn-cgi/access/login/app.example.com?kid=tag")]
    public async Task Its_html_is_an_exception_that_names_the_missing_policy(string login)
    {
        var collection = new ServiceCollection();
        collection.AddHttpClient("other", client => client.BaseAddress = new Uri("https://app.example.com"))
            .AddCloudflareAccessServiceToken("id", "secret")
            .ConfigurePrimaryHttpMessageHandler(() => new LoginPageHandler(new Uri(login)));
        await using var services = collection.BuildServiceProvider();
        var client = services.GetRequiredService<IHttpClientFactory>().CreateClient("other");

        var failure = await Should.ThrowAsync<AccessCallException>(() => client.GetAsync(new Uri("/", UriKind.Relative)));

        failure.Message.ShouldStartWith($"The response is the login page of {new Uri(login).Host} instead of the application");
        failure.Message.ShouldContain("Service Auth that includes this service token");
    }

    /// <summary>Follows redirects to the login page, as a handler of an application's own may.</summary>
    private sealed class LoginPageHandler(Uri login) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(
            new HttpResponseMessage { RequestMessage = new(HttpMethod.Get, login), Content = new StringContent("<html>Sign in</html>") });
    }
}
