using System.Collections.Concurrent;

namespace CfAccess.Testing.Attacks;

/// <summary>
/// The applications that a class of attack tests shares: one a setting with the token cache and one without, started when first needed.
/// </summary>
public abstract class AttackHosts(bool tellsReasons, bool listens) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<(AttackSetting Setting, bool Caches), Task<AttackHost>> _hosts = new();

    /// <summary>An application that has its keys already, and that may fetch again: no attack depends on which was first.</summary>
    public Task<AttackHost> GetAsync(AttackSetting setting, bool caches = true) =>
        _hosts.GetOrAdd((setting, caches), _ => StartAsync(setting, caches));

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts.Values)
        {
            await (await host).DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    private async Task<AttackHost> StartAsync(AttackSetting setting, bool caches)
    {
        var host = await AttackHost.StartAsync(setting, tellsReasons, listens, caches);
        await host.SendAsync(host.Bench.Service());
        host.App.Clock.Advance(AttackTrial.LongerThanCooldown);
        return host;
    }
}

/// <summary>Applications in-process.</summary>
public sealed class InProcessAttackHosts() : AttackHosts(tellsReasons: false, listens: false);

/// <summary>Applications in-process that tell the caller why they refuse.</summary>
public sealed class TellingAttackHosts() : AttackHosts(tellsReasons: true, listens: false);

/// <summary>Applications on Kestrel.</summary>
public sealed class ListeningAttackHosts() : AttackHosts(tellsReasons: false, listens: true);
