namespace CfAccess.AspNetCore;

/// <summary>A name that settings were registered under: that of a scheme, or of keys without a scheme. Tells a second call from the first.</summary>
internal sealed record SettingsName(string Name)
{
    public static HashSet<string> All(IEnumerable<SettingsName> names) => names.Select(known => known.Name).ToHashSet(StringComparer.Ordinal);

    /// <exception cref="ArgumentException">The name was not registered.</exception>
    public static void Require(HashSet<string> known, string name, string parameter)
    {
        ArgumentNullException.ThrowIfNull(name, parameter);
        if (!known.Contains(name))
        {
            throw new ArgumentException(
                $"There are no Cloudflare Access settings '{name}'. Call AddCloudflareAccess or AddCloudflareAccessKeys with that name, or "
                + $"write one of these: {string.Join(", ", known)}.",
                parameter);
        }
    }
}
