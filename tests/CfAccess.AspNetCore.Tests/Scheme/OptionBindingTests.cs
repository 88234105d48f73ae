using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CfAccess.AspNetCore.Tests.Scheme;

/// <summary>Configuration can set every option. The values of these tests need not be valid together, so nothing validates them.</summary>
public sealed class OptionBindingTests
{
    private const string Section = "Authentication:Schemes:CloudflareAccess:";

    private const string Team = $"{Section}Teams:0:";

    [Fact]
    public void Every_option_is_read_from_configuration()
    {
        List<(string Key, object? Value)> defaults = [.. Values(new CloudflareAccessOptions(), Section), .. Values(new CloudflareAccessTeam(), Team)];

        var options = Read(defaults.Select(option => Different(option.Key, option.Value)));

        var read = Values(options, Section).Concat(Values(options.Teams.ShouldHaveSingleItem(), Team));
        read.Intersect(defaults).ShouldBeEmpty();
    }

    private static CloudflareAccessOptions Read(IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddCloudflareAccess();
        using var services = builder.Services.BuildServiceProvider();
        var options = new CloudflareAccessOptions();
        foreach (var reader in services.GetServices<IConfigureOptions<CloudflareAccessOptions>>().OfType<IConfigureNamedOptions<CloudflareAccessOptions>>())
        {
            reader.Configure(CloudflareAccessDefaults.AuthenticationScheme, options);
        }

        return options;
    }

    /// <summary>A setting with another value than the default.</summary>
    private static KeyValuePair<string, string?> Different(string key, object? value) => value switch
    {
        bool flag => new(key, $"{!flag}"),
        int number => new(key, $"{number + 1}"),
        TimeSpan span => new(key, $"{span + TimeSpan.FromSeconds(1)}"),
        Enum choice => new(key, Enum.GetNames(choice.GetType()).First(name => name != $"{choice}")),
        ListOfTexts => new($"{key}:0", "text"),
        _ => new(key, "text"),
    };

    /// <summary>The values of all options that configuration can set. Teams have settings of their own, and events are code.</summary>
    private static IEnumerable<(string Key, object? Value)> Values(object options, string path) => options.GetType()
        .GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        .Where(option => option.CanWrite && option.Name is not (nameof(CloudflareAccessOptions.Teams) or nameof(CloudflareAccessOptions.Events)))
        .SelectMany(option => option.GetValue(options) switch
        {
            null or string or ValueType => [(path + option.Name, option.GetValue(options))],
            IList<string> texts => [(path + option.Name, new ListOfTexts(string.Join(", ", texts)))],
            var section => Values(section, $"{path}{option.Name}:"),
        });

    private sealed record ListOfTexts(string Texts);
}
