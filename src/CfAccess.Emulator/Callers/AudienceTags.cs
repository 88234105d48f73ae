namespace CfAccess.Emulator.Callers;

/// <summary>The AUD tags that the application under development accepts, and that tokens are therefore made for.</summary>
internal sealed class AudienceTags
{
    private readonly Lock _gate = new();
    private IReadOnlyList<string> _tags = [];

    public IReadOnlyList<string> All
    {
        get
        {
            var tags = Volatile.Read(ref _tags);
            return tags.Count > 0 ? tags : [AccessEmulatorDefaults.Audience];
        }
    }

    public void Remember(IEnumerable<string> tags)
    {
        lock (_gate)
        {
            var good = tags.Where(tag => !string.IsNullOrWhiteSpace(tag));
            Volatile.Write(ref _tags, [.. _tags.Concat(good).Distinct(StringComparer.Ordinal)]);
        }
    }
}
