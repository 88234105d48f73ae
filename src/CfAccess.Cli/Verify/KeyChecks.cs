using System.Globalization;
using CfAccess.AspNetCore;

namespace CfAccess.Cli.Verify;

/// <summary>The last two steps, which are the library's alone: what they found is what it says.</summary>
internal static class KeyChecks
{
    private static readonly AccessFailureReason[] OfKeys =
        [AccessFailureReason.UnknownKey, AccessFailureReason.KeysNotCurrent, AccessFailureReason.KeysUnavailable];

    public static IReadOnlyList<Check> All { get; } =
    [
        new("key", OfKeys, subject => !IsReached(subject) ? null : new Finding(
            subject.Loose.HeaderText("kid"),
            Expected(subject),
            subject.Verdict is { } reason && OfKeys.Contains(reason) ? reason : null)),
        new("signature", [AccessFailureReason.BadSignature], subject => !IsReached(subject) || IsOfKeys(subject) ? null : new Finding(
            subject.Verdict is null ? "matches" : "does not match",
            "by that key",
            subject.Verdict)),
    ];

    private static bool IsOfKeys(CheckSubject subject) => subject.Verdict is { } reason && OfKeys.Contains(reason);

    /// <summary>The library asks for a key only where everything before was right.</summary>
    private static bool IsReached(CheckSubject subject) =>
        subject.Verdict is null || IsOfKeys(subject) || subject.Verdict == AccessFailureReason.BadSignature;

    /// <summary>All of them only where none is the one: they are long.</summary>
    private static string Expected(CheckSubject subject) => subject.Team?.Keys.Trusted(subject.Now) switch
    {
        null => "a key that the team publishes",
        var keys when IsOfKeys(subject) => string.Join(" or ", keys.All.Select(key => key.KeyId).Order(StringComparer.Ordinal)),
        var keys => string.Create(CultureInfo.InvariantCulture, $"one of the {keys.Count} that the team publishes"),
    };
}
