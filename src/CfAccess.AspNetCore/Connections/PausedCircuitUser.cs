using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace CfAccess.AspNetCore.Connections;

/// <summary>The user of a circuit, kept with the state that survives a pause of the circuit. The browser may store that state, so it holds only a hash.</summary>
internal sealed class PausedCircuitUser(PersistentComponentState state)
{
    private const string Key = "CfAccess.CircuitUser";
    private const string JsonOfText = "The value is a string.";

    /// <summary>Whether the circuit is a new one, or was paused by the same user.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = JsonOfText)]
    public bool IsAbsentOr(CircuitUser user) => !state.TryTakeFromJson<string>(Key, out var paused) || paused == Hash(user);

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = JsonOfText)]
    public void Remember(CircuitUser user) => state.RegisterOnPersisting(
        () =>
        {
            state.PersistAsJson(Key, Hash(user));
            return Task.CompletedTask;
        },
        RenderMode.InteractiveServer);

    private static string Hash(CircuitUser user) =>
        user.Id is { } id ? Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(id))) : string.Empty;
}
