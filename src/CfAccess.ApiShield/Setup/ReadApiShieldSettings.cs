using CfAccess.Shared.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace CfAccess.ApiShield.Setup;

/// <summary>Reads the options from configuration.</summary>
internal sealed class ReadApiShieldSettings(IConfiguration configuration) : IConfigureOptions<ApiShieldOptions>
{
    public void Configure(ApiShieldOptions options) =>
        new SettingsReader(configuration.GetSection(ApiShieldDefaults.ConfigurationSection), options.ConfigurationErrors)
            .ReadAll(reader => Read(reader, options));

    private static void Read(SettingsReader reader, ApiShieldOptions options)
    {
        Document(reader, nameof(options.Configurations), value => options.Configurations = value);
        Document(reader, nameof(options.Rules), value => options.Rules = value);
        Document(reader, nameof(options.Operations), value => options.Operations = value);
        reader.Choice<ApiShieldMatching>(nameof(options.Matching), value => options.Matching = value);
        reader.Choice<ApiShieldUnknown>(nameof(options.UnknownHosts), value => options.UnknownHosts = value);
        reader.Choice<ApiShieldUnknown>(nameof(options.UnknownOperations), value => options.UnknownOperations = value);
        reader.Tree(nameof(options.HostAliases), section => ReadAliases(section, options));
        reader.Flag(nameof(options.RejectDifferentTokens), value => options.RejectDifferentTokens = value);
        reader.Number(nameof(options.MaxTokenLength), value => options.MaxTokenLength = value);
        reader.Flag(nameof(options.AllowEmptySelectors), value => options.AllowEmptySelectors = value);
        reader.Flag(nameof(options.ReloadOnChange), value => options.ReloadOnChange = value);
        reader.Duration(nameof(options.ReloadDelay), value => options.ReloadDelay = value);
        reader.Flag(nameof(options.IncludeErrorDetails), value => options.IncludeErrorDetails = value);
    }

    private static void Document(SettingsReader reader, string key, Action<ApiShieldDocumentSource> set) => reader.Any(key, section =>
    {
        if (section.Exists())
        {
            set(ApiShieldDocumentSource.FromConfiguration(section));
        }
    });

    private static void ReadAliases(IConfigurationSection section, ApiShieldOptions options)
    {
        foreach (var alias in section.GetChildren())
        {
            options.HostAliases[alias.Key] = alias.Value ?? string.Empty;
        }
    }
}
