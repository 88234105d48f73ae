using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using CfAccess.AspNetCore.Keys;
using CfAccess.AspNetCore.Sharing;
using CfAccess.Testing;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CfAccess.AspNetCore.Tests.Sharing;

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
    public async Task A_set_with_a_byte_order_mark_is_shared_too()
    {
        await using (var first = await StartAsync())
        {
            first.Endpoint.AnswerWith("\ufeff" + KeysEndpoint.Document(TestKey.Get("current").ToJwk()));
            (await first.StatusAsync(first.Minter.MintPerson())).ShouldBe(HttpStatusCode.OK);
            await first.Fetches.EndedAsync(1);
        }

        await using var second = await StartAsync(dead: true);
        (await second.StatusAsync(second.Minter.MintPerson())).ShouldBe(HttpStatusCode.OK);
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
        second.Log.Named("SharedKeysPassedOver").Single().Message.ShouldBe(
            NotShared("Data Protection cannot decrypt the entry. Give all instances one key ring and the same SetApplicationName"));
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
    [InlineData(-1, "the entry is from the future. Check the clocks of the instances")]
    [InlineData(25 * 60 * 60, "the entry is too old")]
    public async Task A_set_from_the_future_or_too_old_is_a_miss(int seconds, string problem)
    {
        await WarmAsync();
        await using var second = await StartAsync(dead: true);
        second.Clock.AdjustTime(second.Clock.GetUtcNow() + TimeSpan.FromSeconds(seconds));

        (await second.StatusAsync(second.Minter.MintPerson())).ShouldBe(HttpStatusCode.ServiceUnavailable);
        second.Log.Named("SharedKeysPassedOver").Single().Message.ShouldBe(NotShared(problem));
    }

    [Fact]
    public async Task Shared_keys_grow_too_old_at_the_time_at_which_they_were_fetched()
    {
        await WarmAsync();
        await using var second = await StartAsync(dead: true);
        second.Clock.AdjustTime(second.Clock.GetUtcNow() + TimeSpan.FromHours(24));
        (await second.StatusAsync(second.Minter.MintPerson())).ShouldBe(HttpStatusCode.OK);

        second.Clock.AdjustTime(second.Clock.GetUtcNow() + TimeSpan.FromHours(1));
        (await second.StatusAsync(second.Minter.MintPerson())).ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task An_empty_cache_is_nothing_to_warn_of()
    {
        await using var host = await StartAsync();
        (await host.StatusAsync(host.Minter.MintPerson())).ShouldBe(HttpStatusCode.OK);
        await host.Fetches.EndedAsync(1);
        host.Log.Named("SharedKeysPassedOver").ShouldBeEmpty();
    }

    [Fact]
    public async Task The_stored_set_is_the_time_and_the_answer_protected_for_this_team_only()
    {
        await WarmAsync();
        var stored = (await _cache.GetAsync(Entry)).ShouldNotBeNull();

        var content = Protector().Unprotect(stored);
        BinaryPrimitives.ReadInt64BigEndian(content).ShouldBe(TestClock.DefaultStart.ToUnixTimeMilliseconds());
        Encoding.UTF8.GetString(content.AsSpan(sizeof(long)))
            .ShouldBe(KeysEndpoint.Document(TestKey.Get("previous").ToJwk(), TestKey.Get("current").ToJwk()));
        Should.Throw<CryptographicException>(() => Protector(TestTeam.PartnerCertsUrl).Unprotect(stored));
    }

    [Theory]
    [InlineData("<html>", "the answer is not JSON")]
    [InlineData("""{"keys":[]}""", "the answer has no usable key")]
    public async Task A_stored_set_without_a_usable_key_is_a_miss(string document, string problem)
    {
        var content = new byte[sizeof(long) + document.Length];
        BinaryPrimitives.WriteInt64BigEndian(content, TestClock.DefaultStart.ToUnixTimeMilliseconds());
        Encoding.ASCII.GetBytes(document, content.AsSpan(sizeof(long)));
        await _cache.SetAsync(Entry, Protector().Protect(content));
        await using var host = await StartAsync(dead: true);

        (await host.StatusAsync(host.Minter.MintPerson())).ShouldBe(HttpStatusCode.ServiceUnavailable);
        host.Log.Named("SharedKeysPassedOver").ShouldHaveSingleItem().Message.ShouldBe(NotShared($"the entry is unusable ({problem})"));
        host.Log.Named("SharedKeysTaken").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_key_that_shared_keys_lack_is_waited_for_at_the_endpoint()
    {
        await WarmAsync();
        await using var second = await StartAsync();
        second.Endpoint.Publish(TestKey.Get("next"));
        var gate = second.Endpoint.Hold();

        var rotated = second.StatusAsync(new TokenMinter(second.Clock, TestKey.Get("next")).MintPerson());
        (await second.StatusAsync(second.Minter.MintPerson())).ShouldBe(HttpStatusCode.OK);
        gate.SetResult();

        (await rotated).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_cache_keeps_a_set_no_longer_than_it_is_trusted()
    {
        var cache = new HookedCache(_cache);
        await using var host = await StartAsync(cache: cache);
        await host.StatusAsync(host.Minter.MintPerson());
        await host.Fetches.EndedAsync(1);

        cache.LastOptions.ShouldNotBeNull().AbsoluteExpirationRelativeToNow.ShouldBe(TimeSpan.FromHours(25));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public async Task A_broken_cache_harms_nobody_and_is_reported_as_a_broken_cache(bool read, bool gaveUp)
    {
        var problem = gaveUp ? (Exception)new TaskCanceledException() : new InvalidOperationException("broken");
        var cache = new HookedCache(_cache);
        Func<CancellationToken, Task> fail = _ => throw problem;
        (cache.OnGet, cache.OnSet) = read ? (fail, cache.OnSet) : (cache.OnGet, fail);

        await using var host = await StartAsync(cache: cache);
        if (read)
        {
            // A fetch that succeeds does not wait for the read. One that fails does.
            host.Endpoint.Fail();
            (await host.StatusAsync(host.Minter.MintPerson())).ShouldBe(HttpStatusCode.ServiceUnavailable);
        }
        else
        {
            (await host.StatusAsync(host.Minter.MintPerson())).ShouldBe(HttpStatusCode.OK);
        }

        await host.Fetches.EndedAsync(1);
        host.Log.Named("SharedKeysPassedOver").ShouldHaveSingleItem().Message.ShouldBe(
            NotShared($"the distributed cache failed ({problem.GetType().Name}). Check the application's IDistributedCache"));

        host.Endpoint.Publish(TestKey.Get("current"));
        host.Clock.AdjustTime(host.Clock.GetUtcNow() + new CloudflareAccessKeyOptions().Cooldown);
        (await host.StatusAsync(host.Minter.MintPerson())).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_cache_that_fails_again_after_it_worked_is_reported_again()
    {
        var cache = new HookedCache(_cache);
        await using var host = await StartAsync(cache: cache);
        await host.StatusAsync(host.Minter.MintPerson());
        await host.Fetches.EndedAsync(1);

        bool[] fails = [true, true, false, true];
        for (var refresh = 0; refresh < fails.Length; refresh++)
        {
            cache.OnSet = fails[refresh] ? _ => throw new InvalidOperationException("broken") : _ => Task.CompletedTask;
            host.Clock.AdjustTime(host.Clock.GetUtcNow() + TimeSpan.FromHours(2));
            await host.StatusAsync(host.Minter.MintPerson());
            await host.Fetches.EndedAsync(refresh + 2);
        }

        host.Log.Named("SharedKeysPassedOver").Count().ShouldBe(2);
    }

    [Fact]
    public async Task A_key_ring_that_cannot_encrypt_is_not_reported_as_a_broken_cache()
    {
        await using var host = await StartAsync(protection: new BrokenKeyRing());
        (await host.StatusAsync(host.Minter.MintPerson())).ShouldBe(HttpStatusCode.OK);
        await host.Fetches.EndedAsync(1);

        host.Log.Named("SharedKeysPassedOver").ShouldHaveSingleItem().Message.ShouldBe(
            NotShared("Data Protection cannot encrypt the entry (IOException). Check its key ring"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_application_that_ends_does_not_blame_the_cache(bool read)
    {
        var cache = new HookedCache(_cache);
        cache.OnGet = cache.OnSet = token => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
        var clock = new TestClock();
        var options = new CloudflareAccessKeyOptions();
        var reported = new List<string>();
        var entries = new SharedEntries(new ResponsiveCache(cache, options.FetchTimeout, clock), _protection, clock, reported.Add);
        var shared = new SharedKeySets(entries, TestTeam.CertsUrl, options, clock);
        using var ending = new CancellationTokenSource();

        Task work = read ? shared.LoadAsync(ending.Token) : shared.StoreAsync(default, TestClock.DefaultStart, ending.Token);
        await ending.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(work);
        reported.ShouldBeEmpty();
    }

    private static string NotShared(string problem) =>
        $"The signing keys of {TestTeam.CertsUrl} are not shared between instances: {problem}. This instance fetches its own.";

    private IDataProtector Protector(Uri? url = null) =>
        _protection.CreateProtector("CfAccess.KeySet", "v1", (url ?? TestTeam.CertsUrl).AbsoluteUri);

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

    private sealed class BrokenKeyRing : IDataProtectionProvider, IDataProtector
    {
        public IDataProtector CreateProtector(string purpose) => this;

        public byte[] Protect(byte[] plaintext) => throw new IOException("The share is away.");

        public byte[] Unprotect(byte[] protectedData) => throw new IOException("The share is away.");
    }
}
