using CfAccess.AspNetCore.Tokens;
using CfAccess.Testing;
using CfAccess.Testing.Properties;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace CfAccess.AspNetCore.Tests.Properties;

/// <summary>The library's own way from a request to a verdict, without a server around it: token reader, screen, keys, validator.</summary>
internal sealed class TokenPath : IAsyncDisposable
{
    public const string Accepted = "accepted";
    public const string NoToken = "no_token";

    private const int MaximumLength = 16 * 1024;

    private readonly AccessHost _host;
    private readonly TokenValidator _validator;
    private readonly SignatureChecks _checks = new();

    private TokenPath(AccessHost host)
    {
        _host = host;
        _validator = host.Services.GetRequiredService<AccessSchemes>().Get(CloudflareAccessDefaults.AuthenticationScheme);
    }

    public AttemptTally Tally { get; } = new();

    public int Fetches => _host.Endpoint.Count;

    public static async Task<TokenPath> StartAsync()
    {
        var path = new TokenPath(await AccessHost.StartAsync());
        path._host.Endpoint.Publish(FixedKeys.Previous, FixedKeys.Current);
        (await path._validator.ValidateAsync(TokenRecipe.Person.Mint(), CancellationToken.None)).Succeeded.ShouldBeTrue();
        var keys = path._validator.Teams.ShouldHaveSingleItem().Keys;
        path._checks.CountThoseOf(keys.Find(FixedKeys.Current.Kid)!);
        path._checks.CountThoseOf(keys.Find(FixedKeys.Previous.Kid)!);
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
        var outcome = _validator.ValidateAsync(token, CancellationToken.None).AsTask().GetAwaiter().GetResult();
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
