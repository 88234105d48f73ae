namespace CfAccess.Emulator.Applications;

/// <summary>The AUD tags that the app under development configures.</summary>
internal sealed class FollowedTags
{
    private readonly Lock _gate = new();
    private IReadOnlyList<string> _tags = [];

    public IReadOnlyList<string> All => Volatile.Read(ref _tags);

    public void Remember(IEnumerable<string> tags)
    {
        lock (_gate)
        {
            var good = tags.Where(tag => !string.IsNullOrWhiteSpace(tag));
            Volatile.Write(ref _tags, [.. _tags.Concat(good).Distinct(StringComparer.Ordinal)]);
        }
    }
}
