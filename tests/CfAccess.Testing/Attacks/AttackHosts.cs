using System.Collections.Concurrent;

namespace CfAccess.Testing.Attacks;

/// <summary>The applications that a class of attack tests shares: one a setting, started when first needed.</summary>
public abstract class AttackHosts(bool tellsReasons, bool listens) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<AttackSetting, Task<AttackHost>> _hosts = new();

    public Task<AttackHost> GetAsync(AttackSetting setting) =>
        _hosts.GetOrAdd(setting, _ => AttackHost.StartAsync(setting, tellsReasons, listens));

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts.Values)
        {
            await (await host).DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }
}

/// <summary>Applications in-process.</summary>
public sealed class InProcessAttackHosts() : AttackHosts(tellsReasons: false, listens: false);

/// <summary>Applications in-process that tell the caller why they refuse.</summary>
public sealed class TellingAttackHosts() : AttackHosts(tellsReasons: true, listens: false);

/// <summary>Applications on Kestrel.</summary>
public sealed class ListeningAttackHosts() : AttackHosts(tellsReasons: false, listens: true);
