using System.Collections.Concurrent;

namespace CfAccess.Testing.Leaks;

/// <summary>What of secrets one host told, and where.</summary>
public sealed class LeakLedger
{
    private readonly ConcurrentQueue<string> _found = new();
    private volatile string[] _secrets = [];

    public IReadOnlyCollection<string> Found => _found;

    /// <summary>Secrets that the host made itself, and that no mark tells.</summary>
    public void Add(params IEnumerable<string> secrets) => _secrets = [.. _secrets, .. secrets];

    public void Look(string place, string? text, Excuse excuse = Excuse.None)
    {
        if (text is not null && (Sentinels.Find(text, excuse) ?? FindOwn(text)) is { } what)
        {
            _found.Enqueue($"{place} tells {what}: {text}");
        }
    }

    /// <summary>Looks at what structured logging, a metric or an activity keeps beside its text.</summary>
    public void Look(string place, object? value, Excuse excuse = Excuse.None)
    {
        switch (value)
        {
            case null or ValueType:
                break;
            case string text:
                Look(place, text, excuse);
                break;
            case System.Collections.IEnumerable items and not Uri:
                foreach (var item in items)
                {
                    Look(place, item, excuse);
                }

                break;
            default:
                Look(place, value.ToString(), excuse);
                break;
        }
    }

    private string? FindOwn(string text) =>
        Array.Exists(_secrets, secret => text.Contains(secret, StringComparison.Ordinal)) ? "a secret" : null;
}
