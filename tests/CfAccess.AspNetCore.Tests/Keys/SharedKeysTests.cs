using System.Net;
using System.Text;
using CfAccess.Testing;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CfAccess.AspNetCore.Tests.Keys;

public sealed class SharedKeysTests
{
    private const string Entry = "CfAccess.KeySet:v1:https://acme.cloudflareaccess.com/cdn-cgi/access/certs";

    private readonly MemoryDistributedCache _cache = new(Options.Create(new MemoryDistributedCacheOptions()));
    private readonly EphemeralDataProtectionProvider _protection = new();

    [Fact]
    public async Task An_instance_that_starts_while_the_endpoint_is_down_serves_with_shared_keys()
    {
        await WarmAsync();
        await using var second = await StartAsync(dead: true);

        (await second.StatusAsync(second.Minter.MintPerson())).ShouldBe(HttpStatusCode.OK);
        second.Log.Named("SharedKeysTaken").Count().ShouldBe(1);
        second.Log.Named("SharedKeysPassedOver").ShouldBeEmpty();
    }

    [Fact]
    public async Task Shared_keys_serve_at_once_while_the_endpoint_hangs()
    {
        await WarmAsync();
        await using var second = await StartAsync();
        second.Endpoint.Hold();

        (await second.StatusAsync(second.Minter.MintPerson())).ShouldBe(HttpStatusCode.OK);
        second.Fetches.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Shared_keys_are_replaced_by_the_first_answer_of_the_endpoint()
    {
        await WarmAsync();
        await using var second = await StartAsync();
        second.Endpoint.Publish(TestKey.Get("next"));
        var withdrawn = second.Minter.MintPerson();
        await second.StatusAsync(withdrawn);
        await second.Fetches.EndedAsync(1);

        (await second.StatusAsync(withdrawn)).ShouldBe(HttpStatusCode.Unauthorized);
        (await second.StatusAsync(new TokenMinter(second.Clock, TestKey.Get("next")).MintPerson())).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Nothing_is_shared_unless_the_option_says_so()
    {
        await using var host = await StartAsync(shared: false);
        (await host.StatusAsync(host.Minter.MintPerson())).ShouldBe(HttpStatusCode.OK);
        (await _cache.GetAsync(Entry)).ShouldBeNull();
    }

    [Fact]
    public async Task The_stored_set_cannot_be_read_or_written_without_the_key_ring()
    {
        await WarmAsync();
        var stored = (await _cache.GetAsync(Entry)).ShouldNotBeNull();
        Encoding.Latin1.GetString(stored).ShouldNotContain("kid");

        await _cache.SetAsync(Entry, Encoding.UTF8.GetBytes(KeysEndpoint.Document(TestKey.Get("forger").ToJwk())));
        await using var second = await StartAsync(dead: true);
        var forger = new TokenMinter(second.Clock, TestKey.Get("forger"));

        (await second.StatusAsync(forger.MintPerson())).ShouldBe(HttpStatusCode.ServiceUnavailable);
        second.Log.Named("SharedKeysPassedOver").Single().Message.ShouldContain("not protected by this application's keys");
    }

    [Fact]
    public async Task Another_key_ring_is_a_miss_with_one_warning()
    {
        await WarmAsync();
        await using var second = await StartAsync(dead: true, protection: new EphemeralDataProtectionProvider());

        for (var request = 0; request < 3; request++)
        {
            (await second.StatusAsync(second.Minter.MintPerson())).ShouldBe(HttpStatusCode.ServiceUnavailable);
            second.Clock.Advance(TimeSpan.FromSeconds(10));
        }

        second.Log.Named("SharedKeysPassedOver").Count().ShouldBe(1);
    }

    [Theory]
    [InlineData(-1, "from the future")]
    [InlineData(25 * 60 * 60, "too old")]
    public async Task A_set_from_the_future_or_too_old_is_a_miss(int seconds, string problem)
    {
        await WarmAsync();
        await using var second = await StartAsync(dead: true);
        second.Clock.Set(second.Clock.GetUtcNow() + TimeSpan.FromSeconds(seconds));

        (await second.StatusAsync(second.Minter.MintPerson())).ShouldBe(HttpStatusCode.ServiceUnavailable);
        second.Log.Named("SharedKeysPassedOver").Single().Message.ShouldContain(problem);
    }

    [Fact]
    public async Task Shared_keys_grow_too_old_at_the_time_at_which_they_were_fetched()
    {
        await WarmAsync();
        await using var second = await StartAsync(dead: true);
        second.Clock.Set(second.Clock.GetUtcNow() + TimeSpan.FromHours(24));
        (await second.StatusAsync(second.Minter.MintPerson())).ShouldBe(HttpStatusCode.OK);

        second.Clock.Set(second.Clock.GetUtcNow() + TimeSpan.FromHours(1));
        (await second.StatusAsync(second.Minter.MintPerson())).ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task A_broken_cache_harms_nobody()
    {
        await using var host = await StartAsync(cache: new BrokenCache());
        (await host.StatusAsync(host.Minter.MintPerson())).ShouldBe(HttpStatusCode.OK);
        host.Log.Named("SharedKeysPassedOver").Count().ShouldBe(1);
    }

    private async Task WarmAsync()
    {
        await using var first = await StartAsync();
        (await first.StatusAsync(first.Minter.MintPerson())).ShouldBe(HttpStatusCode.OK);
        await first.Fetches.EndedAsync(1);
    }

    private Task<AccessHost> StartAsync(
        bool dead = false, bool shared = true, IDataProtectionProvider? protection = null, IDistributedCache? cache = null) =>
        AccessHost.StartAsync(
            options => options.Keys.Shared = shared,
            builder =>
            {
                builder.Services.AddSingleton(cache ?? _cache);
                builder.Services.AddSingleton(protection ?? _protection);
                if (dead)
                {
                    builder.Services.AddDeadKeysEndpoint();
                }
            });

    private sealed class BrokenCache : IDistributedCache
    {
        public byte[]? Get(string key) => throw new InvalidOperationException("broken");

        public Task<byte[]?> GetAsync(string key, CancellationToken token = default) => throw new InvalidOperationException("broken");

        public void Refresh(string key) => throw new InvalidOperationException("broken");

        public Task RefreshAsync(string key, CancellationToken token = default) => throw new InvalidOperationException("broken");

        public void Remove(string key) => throw new InvalidOperationException("broken");

        public Task RemoveAsync(string key, CancellationToken token = default) => throw new InvalidOperationException("broken");

        public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => throw new InvalidOperationException("broken");

        public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default) =>
            throw new InvalidOperationException("broken");
    }
}
