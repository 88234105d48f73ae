using Microsoft.AspNetCore.Http;

namespace CfAccess.Emulator.Applications;

/// <summary>An application as the edge knows it.</summary>
internal sealed class ProtectedApplication(AccessEmulatorApplication settings, Func<IReadOnlyList<string>> followedTags)
{
    public string Name { get; } = settings.Name ?? settings.Paths[0];

    public IReadOnlyList<PathString> Paths { get; } = [.. settings.Paths.Select(ApplicationPath.Normalize)];

    public IReadOnlyList<AccessEmulatorPolicy> Policies { get; } = [.. settings.Policies];

    public bool BypassOptionsRequests { get; } = settings.BypassOptionsRequests;

    /// <summary>The AUD tags of its tokens.</summary>
    public IReadOnlyList<string> Audiences => settings.Audience is { } tag ? [tag] : followedTags();
}
