using CfAccess.Testing;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.AspNetCore.Tests;

/// <summary>A server makes objects to tell that a request ended, so it is asked only where something has to wait.</summary>
public sealed class RequestEndTests
{
    [Fact]
    public async Task Only_a_request_that_waits_for_keys_is_asked_when_it_ends()
    {
        await using var host = await AccessHost.StartAsync();

        (await IsAskedAsync(host, "garbage", isAccepted: false)).ShouldBeFalse();
        (await IsAskedAsync(host, host.Minter.MintPerson(), isAccepted: true)).ShouldBeTrue();
        (await IsAskedAsync(host, host.Minter.MintPerson(), isAccepted: true)).ShouldBeFalse();
        (await IsAskedAsync(host, host.Minter.MintPerson(payload => payload["email"] = "second@example.com"), isAccepted: true)).ShouldBeFalse();
        (await IsAskedAsync(host, "garbage", isAccepted: false)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_request_that_ends_while_it_waits_for_keys_is_given_up()
    {
        await using var host = await AccessHost.StartAsync();
        host.Endpoint.Answer = (_, cancellation) => new TaskCompletionSource<HttpResponseMessage>().Task.WaitAsync(cancellation);
        using var end = new CancellationTokenSource();

        var answer = AuthenticateAsync(host, host.Minter.MintPerson(), new Lifetime { RequestAborted = end.Token });
        answer.IsCompleted.ShouldBeFalse();
        await end.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => answer);
    }

    private static async Task<bool> IsAskedAsync(AccessHost host, string token, bool isAccepted)
    {
        var lifetime = new Lifetime();
        (await AuthenticateAsync(host, token, lifetime)).Succeeded.ShouldBe(isAccepted);
        return lifetime.WasAsked;
    }

    private static async Task<AuthenticateResult> AuthenticateAsync(AccessHost host, string token, Lifetime lifetime)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        context.Features.Set<IHttpRequestLifetimeFeature>(lifetime);
        context.Request.Headers[CloudflareAccessDefaults.AssertionHeader] = token;
        return await context.AuthenticateAsync();
    }

    private sealed class Lifetime : IHttpRequestLifetimeFeature
    {
        public bool WasAsked { get; private set; }

        public CancellationToken RequestAborted
        {
            get
            {
                WasAsked = true;
                return field;
            }
            set;
        }

        public void Abort()
        {
        }
    }
}
