using System.Collections;
using System.Globalization;
using System.Reflection;
using CfAccess.AspNetCore;
using CfAccess.Emulator;
using CfAccess.Emulator.ApiShield;
using CfAccess.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CfAccess.Documentation.Tests;

/// <summary>The page about options lists every option with its type, its default, and its range, and no other option.</summary>
public sealed class OptionsPageTests
{
    private const string Scheme = "Authentication:Schemes:CloudflareAccess:";
    private const string Emulator = "CloudflareAccess:Emulator:";

    /// <summary>A valid value of every text, also of those that must be the same.</summary>
    private const string Text = "sample";

    private static readonly List<(string Key, string Type, string Default)> OfEmulator =
        [.. Told(new AccessEmulatorOptions(), string.Empty), .. Told(new AccessEmulatorApiShieldOptions(), "ApiShield:")];

    private static readonly List<(string Key, string Type, string Default)> OfScheme =
        [.. Told(new CloudflareAccessOptions(), string.Empty), .. Told(new CloudflareAccessTeam(), "Teams:0:")];

    private static readonly List<string[]> Rows = [.. new Markdown("docs/options.md").Rows()];

    /// <summary>Rows with a key, a type, a default, a range, and a description.</summary>
    private static readonly List<string[]> Settings = [.. Rows.Where(row => row.Length == 5)];

    /// <summary>A list of sections has no value of its own.</summary>
    public static TheoryData<string, string> Values => [.. Settings.Where(row => row[1] != "list").Select(row =>
    {
        var key = row[1] == "list of texts" ? $"{KeyOf(row)}:0" : KeyOf(row);
        return (key, row[2].StartsWith('`') ? row[2].Trim('`') : Text);
    })];

    public static TheoryData<string, string, string> Ranges => [.. Settings.Where(row => row[1] is "number" or "time span").Select(row =>
    {
        var limits = Markdown.Words(row[3]).ToList();
        limits.Count.ShouldBe(2, row[0]);
        return (KeyOf(row), limits[0], limits[1]);
    })];

    [Fact]
    public void Every_option_is_listed_with_its_type_and_default_and_no_other() =>
        Settings.Select(row => (row[0].Trim('`'), row[1], row[2])).ShouldBe([.. OfScheme, .. OfEmulator], ignoreOrder: true);

    [Fact]
    public void Every_option_that_only_code_can_set_is_listed_and_no_other()
    {
        var all = typeof(CloudflareAccessOptions).GetProperties().Concat(typeof(AccessEmulatorOptions).GetProperties()).Select(option => option.Name);
        var settings = Settings.Select(row => row[0].Trim('`').Split(':')[0]);

        Rows.Where(row => row.Length == 2).SelectMany(row => Markdown.Words(row[0])).ShouldBe(all.Distinct().Except(settings), ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Values))]
    public void A_setting_exists_and_a_misspelled_one_does_not(string key, string value)
    {
        IsAccepted(key, value).ShouldBeTrue();
        IsAccepted(key.EndsWith(":0", StringComparison.Ordinal) ? $"{key[..^2]}x:0" : $"{key}x", value).ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Ranges))]
    public void A_range_is_the_enforced_range(string key, string minimum, string maximum)
    {
        IsAccepted(key, minimum).ShouldBeTrue();
        IsAccepted(key, maximum).ShouldBeTrue();
        IsAccepted(key, Moved(minimum, -1)).ShouldBeFalse();
        IsAccepted(key, Moved(maximum, +1)).ShouldBeFalse();
    }

    /// <summary>The key with the section that the setting is in.</summary>
    private static string KeyOf(string[] row)
    {
        var key = row[0].Trim('`');
        return (OfEmulator.Any(option => option.Key == key) ? Emulator : Scheme) + key;
    }

    /// <summary>The number beside, or the time span one tick away.</summary>
    private static string Moved(string limit, int step) => long.TryParse(limit, CultureInfo.InvariantCulture, out var number)
        ? (number + step).ToString(CultureInfo.InvariantCulture)
        : (TimeSpan.Parse(limit, CultureInfo.InvariantCulture) + TimeSpan.FromTicks(step)).ToString("c");

    private static bool IsAccepted(string key, string value)
    {
        var isOfEmulator = key.StartsWith(Emulator, StringComparison.Ordinal);
        var settings = new Dictionary<string, string?>();
        if (!isOfEmulator)
        {
            var team = key.StartsWith($"{Scheme}Teams:", StringComparison.Ordinal) ? $"{Scheme}Teams:0:" : Scheme;
            settings[$"{team}TeamDomain"] = settings[$"{team}Audiences:0"] = Text;

            // The longest time spans, so that those that must be shorter can have every value of their range.
            settings[$"{Scheme}Keys:MaximumStaleness"] = "7.00:00:00";
            settings[$"{Scheme}Keys:MaximumRetryDelay"] = "1.00:00:00";
        }

        settings[key] = value;
        try
        {
            Validate(settings, isOfEmulator);
            return true;
        }
        catch (OptionsValidationException)
        {
            return false;
        }
    }

    private static void Validate(IEnumerable<KeyValuePair<string, string?>> settings, bool isOfEmulator)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.WebHost.UseTestServer();
        builder.Configuration.AddInMemoryCollection(settings);
        if (isOfEmulator)
        {
            builder.AddCloudflareAccessEmulatorApiShield();
        }
        else
        {
            builder.Services.AddCloudflareAccess();
        }

        using var app = builder.Build();
        if (isOfEmulator)
        {
            _ = app.Services.GetRequiredService<IOptions<AccessEmulatorOptions>>().Value;
        }
        else
        {
            app.Services.GetRequiredService<IOptionsMonitor<CloudflareAccessOptions>>().Get(CloudflareAccessDefaults.AuthenticationScheme);
        }
    }

    /// <summary>What the page should tell of an options class: its own members, and those of the classes that it consists of.</summary>
    private static IEnumerable<(string Key, string Type, string Default)> Told(object options, string path)
    {
        string[] inCode = ["Events", nameof(AccessEmulatorOptions.AllowOutsideDevelopment), nameof(AccessEmulatorOptions.Output)];
        foreach (var option in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(option => option.CanWrite && !inCode.Contains(option.Name)))
        {
            var value = option.GetValue(options);
            if (value is not null and not string and not IEnumerable && option.PropertyType.IsClass)
            {
                foreach (var inner in Told(value, $"{path}{option.Name}:"))
                {
                    yield return inner;
                }
            }
            else
            {
                yield return (path + option.Name, TypeOf(option.PropertyType), DefaultOf(option.Name, value));
            }
        }
    }

    private static string TypeOf(Type type) => type switch
    {
        _ when type == typeof(bool) => "flag",
        _ when type == typeof(int) => "number",
        _ when type == typeof(TimeSpan) => "time span",
        _ when type == typeof(string) => "text",
        _ when type == typeof(IList<string>) => "list of texts",
        { IsEnum: true } => "one of " + string.Join(", ", Enum.GetNames(type).Select(name => $"`{name}`")),
        _ => "list",
    };

    private static string DefaultOf(string name, object? value) => value switch
    {
        bool flag => flag ? "`true`" : "`false`",
        IEnumerable<AccessEmulatorPerson> people => string.Join(", ", people.Select(person => $"`{person.Email}`")),
        IEnumerable<AccessEmulatorServiceToken> tokens => string.Join(", ", tokens.Select(token => $"`{token.ClientId}`")),
        null or ICollection { Count: 0 } or IList<AccessEmulatorApplication> { Count: 0 } or IList<CloudflareAccessTeam> { Count: 0 } or IList<string> { Count: 0 } =>
            name is nameof(CloudflareAccessOptions.TeamDomain) or nameof(CloudflareAccessOptions.Audiences) ? "required" : "none",
        _ => $"`{Convert.ToString(value, CultureInfo.InvariantCulture)}`",
    };
}
