using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using CfAccess.AspNetCore;
using CfAccess.Emulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CfAccess.EndToEnd.Tests.Docs;

/// <summary>The page about options tells of every one, with the default and the range that it has, and of nothing else.</summary>
public sealed partial class OptionsPageTests
{
    private const string Scheme = "Authentication:Schemes:CloudflareAccess";

    private static readonly Markdown Page = new("docs/options.md");

    [Fact]
    public void Every_option_of_the_scheme_is_there_with_its_type_and_default() => Table("The scheme").ShouldBe(
        Told(new CloudflareAccessOptions(), string.Empty).Concat(Told(new CloudflareAccessTeam(), "Teams:0:")), ignoreOrder: true);

    [Fact]
    public void Every_option_of_the_emulator_is_there_with_its_type_and_default() =>
        Table("The emulator").ShouldBe(Told(new AccessEmulatorOptions(), string.Empty), ignoreOrder: true);

    [Fact]
    public void Every_option_that_only_code_can_set_is_there()
    {
        InCode("In code only").ShouldBe(typeof(CloudflareAccessOptions).GetProperties().Select(option => option.Name).Distinct()
            .Except(Table("The scheme").Select(row => row.Key.Split(':')[0])), ignoreOrder: true);
        InCode("Of the emulator in code only").ShouldBe(typeof(AccessEmulatorOptions).GetProperties().Select(option => option.Name)
            .Except(Table("The emulator").Select(row => row.Key.Split(':')[0])), ignoreOrder: true);
    }

    [Fact]
    public void Every_key_can_be_set_in_configuration_and_no_other()
    {
        var known = new List<string>();
        foreach (var section in new[] { string.Empty, "Teams:0:", "TokenCache:", "Challenge:", "Keys:", "Identity:" })
        {
            var message = Refusal(($"{Scheme}:{section}Nothing", "x"));
            var names = Regex.Match(message, $"{section}Nothing is not a setting. Known here: (.*)\\.").Groups[1].Value.Split(", ");
            known.AddRange(names.Select(name => section + name));
        }

        Table("The scheme").Select(row => row.Key).ShouldBe(known.Except(["TokenCache", "Challenge", "Keys", "Identity"]), ignoreOrder: true);

        var ofEmulator = new[] { string.Empty, "ApiShield:" }.SelectMany(section =>
        {
            var message = RefusalOfEmulator(($"CloudflareAccess:Emulator:{section}Nothing", "x"));
            return Regex.Match(message, $"{section}Nothing is not a setting. Known here: (.*)\\.").Groups[1].Value.Split(", ").Select(name => section + name);
        });
        Table("The emulator").Select(row => row.Key).ShouldBe(ofEmulator.Except(["ApiShield"]), ignoreOrder: true);
    }

    [Fact]
    public void Every_range_is_the_one_that_is_enforced()
    {
        var ranges = Page.Rows("The scheme").Where(row => row.Length == 5 && row[1] is "number" or "time span").ToList();
        ranges.Count.ShouldBeGreaterThan(15);
        foreach (var row in ranges)
        {
            var key = row[0].Trim('`');
            var message = Refusal(($"{Scheme}:{key}", row[1] == "number" ? "2147483647" : "1000.00:00:00"));
            var range = Regex.Match(message, $"{key} is \\S+, but has to be from (\\S+) to (\\S+)\\.");
            row[3].ShouldBe($"`{range.Groups[1].Value}` to `{range.Groups[2].Value}`", key);
        }
    }

    [GeneratedRegex("`(\\w+)`")]
    private static partial Regex Word { get; }

    private static List<(string Key, string Type, string Default)> Table(string heading) =>
        [.. Page.Rows(heading).Where(row => row.Length == 5).Select(row => (row[0].Trim('`'), row[1], row[2]))];

    private static IEnumerable<string> InCode(string heading) => Page.Rows(heading).Where(row => row.Length == 2)
        .SelectMany(row => Word.Matches(row[0]).Select(word => word.Groups[1].Value));

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

    private static string Refusal(params (string Key, string Value)[] settings)
    {
        var builder = Builder(settings);
        builder.Services.AddCloudflareAccess();
        using var app = builder.Build();
        var options = app.Services.GetRequiredService<IOptionsMonitor<CloudflareAccessOptions>>();
        return Should.Throw<OptionsValidationException>(() => options.Get(CloudflareAccessDefaults.AuthenticationScheme)).Message;
    }

    private static string RefusalOfEmulator(params (string Key, string Value)[] settings)
    {
        var builder = Builder(settings);
        builder.AddCloudflareAccessEmulator();
        using var app = builder.Build();
        return Should.Throw<OptionsValidationException>(() => app.Services.GetRequiredService<IOptions<AccessEmulatorOptions>>().Value).Message;
    }

    private static WebApplicationBuilder Builder((string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.WebHost.UseTestServer();
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        return builder;
    }
}
