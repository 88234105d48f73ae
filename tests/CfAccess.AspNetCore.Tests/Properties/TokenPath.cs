using CfAccess.AspNetCore.Tokens;
using CfAccess.Shared.AccessToken;
using CfAccess.Testing;
using CfAccess.Testing.Properties;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace CfAccess.AspNetCore.Tests.Properties;

/// <summary>
/// The library's own way from a request to a verdict, without a server around it: token reader, cache, screen, keys, validator. Each token
/// is judged by a scheme with a cache and by one without.
/// </summary>
internal sealed class TokenPath : IAsyncDisposable
{
    public const string Accepted = "accepted";
    public const string NoToken = "no_token";

    private const string Uncached = "Uncached";
    private const int MaximumLength = 16 * 1024;

    private readonly AccessHost _host;
    private readonly TokenValidator _cached;
    private readonly TokenValidator _uncached;
    private readonly SignatureChecks _checks = new();

    private TokenPath(AccessHost host)
    {
        _host = host;
        var schemes = host.Services.GetRequiredService<AccessSchemes>();
        _cached = schemes.Get(CloudflareAccessDefaults.AuthenticationScheme);
        _uncached = schemes.Get(Uncached);
    }

    public AttemptTally Tally { get; } = new();

    /// <summary>The fetches of keys beyond the first of each scheme.</summary>
    public int Fetches => _host.Endpoint.Count - 2;

    public static async Task<TokenPath> StartAsync()
    {
        var path = new TokenPath(await AccessHost.StartAsync(build: builder =>
            builder.Services.AddAuthentication().AddCloudflareAccess(Uncached, options =>
            {
                options.TeamDomain = "acme";
                options.Audiences = [TestTeam.Audience];
                options.Keys.Prewarm = CloudflareAccessPrewarm.Off;
                options.TokenCache.Enabled = false;
            })));
        path._host.Endpoint.Publish(FixedKeys.Previous, FixedKeys.Current);
        (await path._cached.ValidateAsync(TokenRecipe.Person.Mint(), CancellationToken.None)).Succeeded.ShouldBeTrue();
        (await path._uncached.ValidateAsync(TokenRecipe.Person.Mint(), CancellationToken.None)).Succeeded.ShouldBeTrue();
        var keys = path._uncached.Teams.ShouldHaveSingleItem().Keys;
        path._checks.CountThoseOf(keys.Find(FixedKeys.Current.Kid, path._host.Clock.GetUtcNow())!);
        path._checks.CountThoseOf(keys.Find(FixedKeys.Previous.Kid, path._host.Clock.GetUtcNow())!);
        return path;
    }

    /// <returns><see cref="Accepted"/>, <see cref="NoToken"/>, or the reason of the refusal.</returns>
    public string Judge(Attempt attempt)
    {
        var reading = TokenReader.Read(RequestOf(attempt), CloudflareAccessTokenSources.HeaderThenCookie);
        var word = reading switch
        {
            { IsEmpty: true } => NoToken,
            { IsAmbiguous: true } => FailureWords.Of(AccessFailureReason.MultipleTokens),
            _ => Judge(reading.Token!),
        };
        Tally.Add(attempt, reading.Token is { } token && TokenScreen.Check(token, MaximumLength, out _) is null, word);
        Tally.Checked = _checks.Count;
        return word;
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private string Judge(string token)
    {
        var word = Judge(_uncached, token);
        Judge(_cached, token).ShouldBe(word, token);
        return word;
    }

    private static string Judge(TokenValidator validator, string token)
    {
        var outcome = validator.ValidateAsync(token, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        return outcome.Succeeded ? Accepted : outcome.Failure.Word;
    }

    private static HttpRequest RequestOf(Attempt attempt)
    {
        var request = new DefaultHttpContext().Request;
        if (attempt.Header is not null)
        {
            request.Headers[CloudflareAccessDefaults.AssertionHeader] = attempt.Header;
        }

        if (attempt.Cookie is not null)
        {
            request.Headers[HeaderNames.Cookie] = attempt.Cookie;
        }

        return request;
    }
}
