using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace CfAccess.Shared.Configuration;

/// <summary>
/// Reads one configuration section, key by key. What is misspelt or unreadable becomes an error that names the key, so that all errors
/// can be told at once; a binder would stop at the first and pass over unknown keys.
/// </summary>
internal sealed class SettingsReader(IConfigurationSection section, List<string> errors)
{
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);

    private delegate bool Parser<T>(string text, out T value);

    public void Text(string key, Action<string> set) => Read(key, "a text", (string text, out string value) => (value = text) is not null, set);

    public void Flag(string key, Action<bool> set) => Read<bool>(key, "true or false", bool.TryParse, set);

    public void Number(string key, Action<int> set) => Read(
        key,
        "a whole number",
        (string text, out int value) => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out value),
        set);

    public void Duration(string key, Action<TimeSpan> set) => Read(
        key,
        "a time span such as 00:01:30",
        (string text, out TimeSpan value) => TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value) && text.Contains(':', StringComparison.Ordinal),
        set);

    public void Choice<T>(string key, Action<T> set)
        where T : struct, Enum => Read(
            key,
            "one of " + string.Join(", ", Enum.GetNames<T>()),
            (string text, out T value) => Enum.TryParse(text, ignoreCase: true, out value) && Enum.IsDefined(value),
            set);

    /// <summary>A list replaces the default; a single value in its place is the commonest mistake in environment variables.</summary>
    public void List(string key, Action<IList<string>> set)
    {
        var list = Known(key);
        List<IConfigurationSection> items = [.. list.GetChildren()];
        if (list.Value is { Length: > 0 } single)
        {
            set([single]);
            errors.Add($"{list.Path} is a single value, but has to be a list. Write {list.Path}:0.");
        }
        else if (items.Count > 0)
        {
            set([.. items.Select(item => item.Value ?? string.Empty)]);
            errors.AddRange(items.Where(item => item.GetChildren().Any()).Select(item => $"{item.Path} has to be a single value."));
        }
    }

    public void Section(string key, Action<SettingsReader> read)
    {
        var inner = Known(key);
        if (inner.Value is { Length: > 0 })
        {
            errors.Add($"{inner.Path} is a single value, but has to be a section with settings below it.");
        }

        new SettingsReader(inner, errors).ReadAll(read);
    }

    public void Sections(string key, Action<SettingsReader> read)
    {
        var list = Known(key);
        if (list.Value is { Length: > 0 })
        {
            errors.Add($"{list.Path} is a single value, but has to be a list. Write {list.Path}:0 with settings below it.");
        }

        foreach (var inner in list.GetChildren())
        {
            new SettingsReader(inner, errors).ReadAll(read);
        }
    }

    /// <summary>A section whose keys are the application's own.</summary>
    public void Tree(string key, Action<IConfigurationSection> read)
    {
        var tree = Known(key);
        if (tree.Value is { Length: > 0 })
        {
            errors.Add($"{tree.Path} is a single value, but has to be a section with values below it.");
        }

        read(tree);
    }

    /// <summary>A key that may have a value, or anything below it.</summary>
    public void Any(string key, Action<IConfigurationSection> read) => read(Known(key));

    public void ReadAll(Action<SettingsReader> read)
    {
        read(this);
        foreach (var child in section.GetChildren().Where(child => !_known.Contains(child.Key)))
        {
            errors.Add($"{child.Path} is not a setting. Known here: {string.Join(", ", _known)}.");
        }
    }

    private IConfigurationSection Known(string key)
    {
        _known.Add(key);
        return section.GetSection(key);
    }

    private void Read<T>(string key, string shape, Parser<T> parse, Action<T> set)
    {
        var setting = Known(key);
        if (setting.GetChildren().Any())
        {
            errors.Add($"{setting.Path} has settings below it, but has to be {shape}.");
        }

        if (setting.Value is not { Length: > 0 } text)
        {
            return;
        }

        if (parse(text, out var value))
        {
            set(value);
        }
        else
        {
            errors.Add($"{setting.Path} is '{text}', but has to be {shape}.");
        }
    }
}
