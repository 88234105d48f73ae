using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using CfAccess.AspNetCore.Tests.Sharing;
using CfAccess.Testing;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CfAccess.AspNetCore.Tests.Identity;

public sealed class SharedIdentityTests
{
    private readonly HookedCache _cache = new(new MemoryDistributedCache(Options.Create(new MemoryDistributedCacheOptions())));
    private readonly EphemeralDataProtectionProvider _protection = new();
    private readonly string _token = new TokenMinter(new TestClock()).MintPerson();

    private string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(_token)));

    private string Entry => $"CfAccess.Identity:v1:{TestTeam.Issuer}:{Hash}";

    [Fact]
    public async Task An_instance_takes_what_another_one_was_told()
    {
        await WarmAsync();
        await using var second = await StartAsync();
        second.Identities.Fail();

        (await second.StatusAsync(_token, "/group")).ShouldBe(HttpStatusCode.OK);
        second.Identities.Count.ShouldBe(0);
    }

    [Fact]
    public async Task What_another_instance_was_told_counts_no_longer_there_than_here()
    {
        await WarmAsync();
        await using var second = await StartAsync();
        second.Identities.TellGroups("[]");
        second.Clock.AdjustTime(TestClock.DefaultStart + TimeSpan.FromMinutes(4));
        (await second.StatusAsync(_token, "/group")).ShouldBe(HttpStatusCode.OK);

        second.Clock.AdjustTime(TestClock.DefaultStart + TimeSpan.FromMinutes(5));
        (await second.StatusAsync(_token, "/group")).ShouldBe(HttpStatusCode.Forbidden);
        second.Identities.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Nothing_is_shared_unless_the_option_says_so()
    {
        await WarmAsync(isShared: false);
        (await _cache.GetAsync(Entry)).ShouldBeNull();
    }

    [Fact]
    public async Task What_is_stored_can_be_read_by_nobody_else_and_the_token_is_nowhere_in_it()
    {
        await WarmAsync();
        var stored = (await _cache.GetAsync(Entry)).ShouldNotBeNull();

        Encoding.Latin1.GetString(stored).ShouldNotContain(IdentityRig.Finance);
        _cache.LastOptions!.AbsoluteExpirationRelativeToNow.ShouldBe(TimeSpan.FromMinutes(5));
        var content = Protector(TestTeam.Issuer, Hash).Unprotect(stored);
        Encoding.UTF8.GetString(content).ShouldContain(IdentityRig.Finance);
        Encoding.UTF8.GetString(content).ShouldNotContain(_token);
        Should.Throw<CryptographicException>(() => Protector(TestTeam.PartnerIssuer, Hash).Unprotect(stored));
        Should.Throw<CryptographicException>(() => Protector(TestTeam.Issuer, Hash[1..]).Unprotect(stored));
    }

    [Fact]
    public async Task Another_persons_answer_under_ones_own_entry_is_a_miss()
    {
        await WarmAsync();
        var alices = (await _cache.GetAsync(Entry)).ShouldNotBeNull();
        await using var second = await StartAsync();
        second.Identities.TellGroups("[]");
        var mallory = second.MintFor("mallory@example.com");
        await _cache.SetAsync(Entry.Replace(Hash, Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(mallory))), StringComparison.Ordinal), alices, new());

        (await second.StatusAsync(mallory, "/group")).ShouldBe(HttpStatusCode.Forbidden);
        second.Identities.Count.ShouldBe(1);
        second.Log.Named("SharedIdentityPassedOver").Single().Message.ShouldContain("Data Protection cannot decrypt the entry");
    }

    [Theory]
    [InlineData("garbage", "Data Protection cannot decrypt the entry. Give all instances one key ring and the same SetApplicationName")]
    [InlineData("another key ring", "Data Protection cannot decrypt the entry. Give all instances one key ring and the same SetApplicationName")]
    [InlineData("from the future", "the entry is from the future. Check the clocks of the instances")]
    [InlineData("another person's e-mail", "the entry is unusable (the answer is another person's identity)")]
    [InlineData("no JSON", "the entry is unusable (the answer is not JSON)")]
    [InlineData("an exception", "the distributed cache failed (InvalidOperationException). Check the application's IDistributedCache")]
    [InlineData("a cache that hangs", "the distributed cache did not respond within 1.25 s. Check the application's IDistributedCache")]
    [InlineData("a cache that blocks", "the distributed cache did not respond within 1.25 s. Check the application's IDistributedCache")]
    public async Task Whatever_is_wrong_with_the_cache_is_a_miss_with_one_warning(string problem, string warning)
    {
        using var blocked = new ManualResetEventSlim();
        await WarmAsync();
        await using var second = await StartAsync(problem == "another key ring" ? new EphemeralDataProtectionProvider() : null);
        second.Identities.TellGroups(IdentityRig.FinanceGroup);
        var waiting = new Signal();
        var patience = TimeSpan.FromSeconds(1.25);
        second.Clock.OnTimer = due => (due == patience ? waiting : new Signal()).Raise();
        switch (problem)
        {
            case "garbage": await _cache.SetAsync(Entry, [1, 2, 3], new()); break;
            case "from the future": await StoreAsync(TestClock.DefaultStart.AddSeconds(1), $$"""{"email":"{{TestTeam.Email}}"}"""); break;
            case "another person's e-mail": await StoreAsync(TestClock.DefaultStart, """{"email":"bob@example.com"}"""); break;
            case "no JSON": await StoreAsync(TestClock.DefaultStart, "<html>"); break;
            case "an exception": _cache.OnGet = _ => throw new InvalidOperationException("broken"); break;
            case "a cache that hangs": _cache.OnGet = token => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token); break;
            case "a cache that blocks": _cache.OnGet = HookedCache.Blocking(blocked); break;
        }

        var request = second.StatusAsync(_token, "/group");
        if (problem is "a cache that hangs" or "a cache that blocks")
        {
            await waiting.ReachedAsync(1);
            second.Clock.Advance(patience);
        }

        (await request).ShouldBe(HttpStatusCode.OK);
        second.Identities.Count.ShouldBe(1);
        second.Log.Named("SharedIdentityPassedOver").ShouldHaveSingleItem().Message.ShouldBe(
            $"Identities of {TestTeam.Issuer} are not shared between instances: {warning}. This instance asks for its own.");
        blocked.Set();
    }

    [Fact]
    public async Task A_cache_that_hangs_costs_one_wait_and_not_one_for_each_caller()
    {
        await using var host = await StartAsync();
        host.Identities.TellGroups(IdentityRig.FinanceGroup);
        var hanging = new TaskCompletionSource();
        var (calls, waiting) = (new Signal(), new Signal());
        var patience = TimeSpan.FromSeconds(1.25);
        host.Clock.OnTimer = due => (due == patience ? waiting : new Signal()).Raise();
        _cache.OnGet = _ =>
        {
            calls.Raise();
            return hanging.Task;
        };
        var first = host.StatusAsync(_token, "/group");
        await calls.ReachedAsync(1);
        await waiting.ReachedAsync(1);
        host.Clock.Advance(patience);
        (await first).ShouldBe(HttpStatusCode.OK);

        for (var person = 0; person < 5; person++)
        {
            (await host.StatusAsync(host.MintFor($"{person}@example.com"), "/group").WithDeadlineAsync())
                .ShouldBe(HttpStatusCode.OK);
        }

        // Once it responds again it is used again.
        _cache.OnGet = _ => Task.CompletedTask;
        hanging.SetResult();
        var read = _cache.Read = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        for (var person = 5; !read.Task.IsCompleted && person < 1000; person++)
        {
            (await host.StatusAsync(host.MintFor($"{person}@example.com"), "/group")).ShouldBe(HttpStatusCode.OK);
        }

        read.Task.IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public async Task A_cache_that_cannot_be_written_harms_nobody()
    {
        _cache.OnSet = _ => throw new InvalidOperationException("broken");
        await using var host = await StartAsync();
        host.Identities.TellGroups(IdentityRig.FinanceGroup);

        (await host.StatusAsync(_token, "/group")).ShouldBe(HttpStatusCode.OK);
    }

    private IDataProtector Protector(string issuer, string hash) => _protection.CreateProtector("CfAccess.Identity", "v1", issuer, hash);

    private Task StoreAsync(DateTimeOffset since, string document)
    {
        var content = new byte[sizeof(long) + document.Length];
        BinaryPrimitives.WriteInt64BigEndian(content, since.ToUnixTimeMilliseconds());
        Encoding.ASCII.GetBytes(document, content.AsSpan(sizeof(long)));
        return _cache.SetAsync(Entry, Protector(TestTeam.Issuer, Hash).Protect(content), new());
    }

    /// <summary>Lets a first instance ask, and waits until it has stored what it was told.</summary>
    private async Task WarmAsync(bool isShared = true)
    {
        var stored = new TaskCompletionSource();
        await using var first = await StartAsync(isShared: isShared);
        first.Identities.TellGroups(IdentityRig.FinanceGroup);
        _cache.Stored = stored;
        (await first.StatusAsync(_token, "/group")).ShouldBe(HttpStatusCode.OK);
        if (isShared)
        {
            await stored.Task.WithDeadlineAsync();
        }
    }

    private Task<AccessHost> StartAsync(IDataProtectionProvider? protection = null, bool isShared = true) => IdentityRig.StartAsync(
        options => options.Identity.Shared = isShared,
        builder =>
        {
            builder.Services.AddSingleton<IDistributedCache>(_cache);
            builder.Services.AddSingleton(protection ?? _protection);
        });
}
