using System.Net;
using CfAccess.Testing;
using Microsoft.Net.Http.Headers;

namespace CfAccess.AspNetCore.Tests.Answers;

/// <summary>Requests as a browser sends them when somebody opens a page.</summary>
internal static class Navigation
{
    public const string Marker = "CfAccess.Redirected";

    public static readonly (string Name, string Value) Header = ("Sec-Fetch-Mode", "navigate");

    public static Task<AccessHost> StartAsync(Action<CloudflareAccessOptions>? configure = null) => AccessHost.StartAsync(options =>
    {
        options.Challenge.Mode = CloudflareAccessChallengeMode.RedirectNavigations;
        configure?.Invoke(options);
    });

    public static Task<HttpResponseMessage> NavigateAsync(this AccessHost host, string path, params (string Name, string Value)[] headers) =>
        host.GetAsync(path, [Header, .. headers]);

    /// <summary>Where a browser is sent; fails if it is not sent anywhere.</summary>
    public static async Task<string> LoginAsync(this AccessHost host, string path, params (string Name, string Value)[] headers)
    {
        using var response = await host.NavigateAsync(path, headers);
        response.StatusCode.ShouldBe(HttpStatusCode.Found);
        return response.Headers.Location!.OriginalString;
    }

    /// <summary>The value of <c>redirect_url</c>, decoded once.</summary>
    public static string ReturnPathOf(string login) => Uri.UnescapeDataString(login.Split("&redirect_url=").Last());

    public static SetCookieHeaderValue? MarkerOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Set-Cookie", out var cookies)
            ? SetCookieHeaderValue.ParseList([.. cookies]).SingleOrDefault(cookie => cookie.Name == Marker)
            : null;
}
