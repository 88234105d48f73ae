using System.Net;
using CfAccess.Testing;
using Microsoft.AspNetCore.Builder;

namespace CfAccess.AspNetCore.Tests;

/// <summary>An event handler that throws ends its own request and nothing else.</summary>
public sealed class BrokenEventTests
{
    [Theory]
    [InlineData(nameof(CloudflareAccessEvents.OnMessageReceived))]
    [InlineData(nameof(CloudflareAccessEvents.OnTokenValidated))]
    [InlineData(nameof(CloudflareAccessEvents.OnAuthenticationFailed))]
    [InlineData(nameof(CloudflareAccessEvents.OnChallenge))]
    [InlineData(nameof(CloudflareAccessEvents.OnForbidden))]
    public async Task An_event_handler_that_throws_opens_nothing_and_the_next_request_is_as_any_other(string name)
    {
        var throws = true;
        Task ThrowAsync() => throws ? throw new InvalidOperationException("No database.") : Task.CompletedTask;
        await using var host = await AccessHost.StartAsync(
            options =>
            {
                options.TokenCache.TokenValidatedOncePerToken = true;
                var events = options.Events;
                events.OnMessageReceived = _ => name == nameof(events.OnMessageReceived) ? ThrowAsync() : Task.CompletedTask;
                events.OnTokenValidated = _ => name == nameof(events.OnTokenValidated) ? ThrowAsync() : Task.CompletedTask;
                events.OnAuthenticationFailed = _ => name == nameof(events.OnAuthenticationFailed) ? ThrowAsync() : Task.CompletedTask;
                events.OnChallenge = _ => name == nameof(events.OnChallenge) ? ThrowAsync() : Task.CompletedTask;
                events.OnForbidden = _ => name == nameof(events.OnForbidden) ? ThrowAsync() : Task.CompletedTask;
            },
            map: app => app.MapGet("/nobody", () => "in").RequireAuthorization(policy => policy.RequireAssertion(_ => false)));
        var good = host.Minter.MintPerson();
        (string? Token, string Path, HttpStatusCode Status)[] requests =
        [
            (good, "/me", HttpStatusCode.OK),
            (good[..^4] + "AAAA", "/me", HttpStatusCode.Unauthorized),
            (null, "/me", HttpStatusCode.Unauthorized),
            (good, "/nobody", HttpStatusCode.Forbidden),
        ];
        var failed = 0;

        foreach (var (token, path, status) in requests)
        {
            try
            {
                (await host.StatusAsync(token, path)).ShouldBe(status);
            }
            catch (InvalidOperationException exception)
            {
                // The test server hands an exception of the application to its client; another server responds with 500.
                exception.Message.ShouldBe("No database.");
                failed++;
            }
        }

        failed.ShouldBeGreaterThan(0);
        throws = false;
        foreach (var (token, path, status) in requests)
        {
            (await host.StatusAsync(token, path)).ShouldBe(status);
        }
    }
}
