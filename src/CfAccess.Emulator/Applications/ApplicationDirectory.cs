using Microsoft.AspNetCore.Http;

namespace CfAccess.Emulator.Applications;

/// <summary>
/// The applications before which the edge stands. Without any that are configured it is one, which covers all and leaves it to the app
/// under development who is let in.
/// </summary>
internal sealed class ApplicationDirectory
{
    private readonly FollowedTags _followed = new();
    private readonly IReadOnlyList<string> _ownTags;

    public ApplicationDirectory(IList<AccessEmulatorApplication> applications)
    {
        Decides = applications.Count > 0;
        IReadOnlyList<AccessEmulatorApplication> all = Decides ? [.. applications] : [new() { Name = "the app" }];
        _ownTags = [.. all.Select(application => application.Audience).OfType<string>()];
        AppDefaults = all.Count > _ownTags.Count ? [.. _ownTags, AccessEmulatorDefaults.Audience] : _ownTags;
        All = [.. all.Select(application => new ProtectedApplication(application, FollowedTags))];
    }

    /// <summary>Whether the edge decides who is let in, before the app does.</summary>
    public bool Decides { get; }

    public IReadOnlyList<ProtectedApplication> All { get; }

    /// <summary>The AUD tags of all of them.</summary>
    public IReadOnlyList<string> Audiences => [.. All.SelectMany(application => application.Audiences).Distinct(StringComparer.Ordinal)];

    /// <summary>The AUD tags for a scheme of the app that configures none.</summary>
    public IReadOnlyList<string> AppDefaults { get; }

    public string UnknownTag => $"The emulator has no application with this AUD tag; it has {string.Join(", ", Audiences)}.";

    /// <summary>The application that covers a path most closely; none where Access does not stand before it.</summary>
    public ProtectedApplication? Of(PathString path) => All
        .SelectMany(application => application.Paths, (application, covered) => (application, covered))
        .Where(one => path.StartsWithSegments(one.covered, StringComparison.Ordinal))
        .OrderByDescending(one => one.covered.Value?.Length ?? 0)
        .FirstOrDefault()
        .application;

    /// <summary>The application that has an AUD tag.</summary>
    public ProtectedApplication? OfTag(string tag) => All.FirstOrDefault(one => one.Audiences.Contains(tag, StringComparer.Ordinal));

    /// <summary>Remembers the AUD tags of the app, for the application that has none of its own.</summary>
    public void Follow(IEnumerable<string> tags) => _followed.Remember(tags);

    private IReadOnlyList<string> FollowedTags()
    {
        IReadOnlyList<string> tags = [.. _followed.All.Except(_ownTags, StringComparer.Ordinal)];
        return tags.Count > 0 ? tags : [AccessEmulatorDefaults.Audience];
    }
}
