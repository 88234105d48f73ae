using CfAccess.Shared.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace CfAccess.AspNetCore.ExternalEvaluation;

/// <summary>Reads the options from configuration.</summary>
internal sealed class ReadEvaluationSettings(IConfiguration configuration) : IConfigureOptions<CloudflareAccessExternalEvaluationOptions>
{
    public void Configure(CloudflareAccessExternalEvaluationOptions options) =>
        new SettingsReader(configuration.GetSection(CloudflareAccessDefaults.ExternalEvaluationSection), options.ConfigurationErrors)
            .ReadAll(reader => Read(reader, options));

    private static void Read(SettingsReader reader, CloudflareAccessExternalEvaluationOptions options)
    {
        reader.Text(nameof(options.Scheme), value => options.Scheme = value);
        reader.Text(nameof(options.Team), value => options.Team = value);
        reader.Text(nameof(options.KeyDirectory), value => options.KeyDirectory = value);
        reader.Flag(nameof(options.KeysInDistributedCache), value => options.KeysInDistributedCache = value);
        reader.Duration(nameof(options.KeyLifetime), value => options.KeyLifetime = value);
        reader.Duration(nameof(options.KeyOverlap), value => options.KeyOverlap = value);
        reader.Duration(nameof(options.AnswerLifetime), value => options.AnswerLifetime = value);
        reader.Duration(nameof(options.Timeout), value => options.Timeout = value);
        reader.Flag(nameof(options.SharedNonces), value => options.SharedNonces = value);
    }
}
