using System.Text.Json.Nodes;
using CfAccess.Shared.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace CfAccess.Emulator.Setup;

/// <summary>Reads the emulator's options from configuration. What lets others than this machine in is set in code only.</summary>
internal sealed class ReadEmulatorSettings(IConfiguration configuration) : IConfigureOptions<AccessEmulatorOptions>
{
    public void Configure(AccessEmulatorOptions options)
    {
        options.Settings = configuration.GetSection(AccessEmulatorDefaults.ConfigurationSection);
        new SettingsReader(options.Settings, options.ConfigurationErrors).ReadAll(reader => Read(reader, options));
    }

    private static void Read(SettingsReader reader, AccessEmulatorOptions options)
    {
        var (people, serviceTokens, applications) =
            (new List<AccessEmulatorPerson>(), new List<AccessEmulatorServiceToken>(), new List<AccessEmulatorApplication>());
        reader.Flag(nameof(options.Edge), value => options.Edge = value);
        reader.Text(nameof(options.Issuer), value => options.Issuer = value);
        reader.Duration(nameof(options.SessionDuration), value => options.SessionDuration = value);
        reader.Choice<AccessEmulatorSameSite>(nameof(options.CookieSameSite), value => options.CookieSameSite = value);
        reader.Text(nameof(options.MintSecret), value => options.MintSecret = value);
        reader.List(nameof(options.AllowedHosts), value => options.AllowedHosts = value);

        // A companion package reads it. Without the package, the validation reports it.
        reader.Any(AccessEmulatorDefaults.ApiShieldSection, _ => { });
        reader.Sections(nameof(options.People), person => people.Add(ReadPerson(person)));
        reader.Sections(nameof(options.ServiceTokens), serviceToken => serviceTokens.Add(ReadServiceToken(serviceToken)));
        reader.Sections(nameof(options.Applications), application => applications.Add(ReadApplication(application)));

        // A list that is given replaces the default.
        options.People = people is [] ? options.People : people;
        options.ServiceTokens = serviceTokens is [] ? options.ServiceTokens : serviceTokens;
        options.Applications = applications is [] ? options.Applications : applications;
    }

    private static AccessEmulatorPerson ReadPerson(SettingsReader reader)
    {
        var (email, country, provider) = (string.Empty, AccessEmulatorDefaults.Country, AccessEmulatorDefaults.IdentityProvider);
        string? name = null;
        IList<string> groups = [];
        JsonObject custom = [];
        reader.Text(nameof(AccessEmulatorPerson.Email), value => email = value);
        reader.Text(nameof(AccessEmulatorPerson.Name), value => name = value);
        reader.List(nameof(AccessEmulatorPerson.Groups), value => groups = value);
        reader.Tree(nameof(AccessEmulatorPerson.Custom), section => custom = ConfiguredJson.Object(section));
        reader.Text(nameof(AccessEmulatorPerson.Country), value => country = value);
        reader.Text(nameof(AccessEmulatorPerson.IdentityProvider), value => provider = value);
        return new()
        {
            Email = email,
            Name = name,
            Groups = [.. groups],
            Custom = custom,
            Country = country,
            IdentityProvider = provider,
        };
    }

    private static AccessEmulatorServiceToken ReadServiceToken(SettingsReader reader)
    {
        var clientId = string.Empty;
        string? name = null;
        string? secret = null;
        reader.Text(nameof(AccessEmulatorServiceToken.Name), value => name = value);
        reader.Text(nameof(AccessEmulatorServiceToken.ClientId), value => clientId = value);
        reader.Text(nameof(AccessEmulatorServiceToken.ClientSecret), value => secret = value);
        return new() { Name = name, ClientId = clientId, ClientSecret = secret };
    }

    private static AccessEmulatorApplication ReadApplication(SettingsReader reader)
    {
        var bypassOptionsRequests = false;
        string? name = null;
        string? audience = null;
        IList<string> paths = ["/"];
        List<AccessEmulatorPolicy> policies = [];
        reader.Text(nameof(AccessEmulatorApplication.Name), value => name = value);
        reader.Text(nameof(AccessEmulatorApplication.Audience), value => audience = value);
        reader.List(nameof(AccessEmulatorApplication.Paths), value => paths = value);
        reader.Sections(nameof(AccessEmulatorApplication.Policies), policy => policies.Add(ReadPolicy(policy)));
        reader.Flag(nameof(AccessEmulatorApplication.BypassOptionsRequests), value => bypassOptionsRequests = value);
        return new()
        {
            Name = name,
            Audience = audience,
            Paths = [.. paths],
            Policies = policies,
            BypassOptionsRequests = bypassOptionsRequests,
        };
    }

    private static AccessEmulatorPolicy ReadPolicy(SettingsReader reader)
    {
        var action = AccessEmulatorPolicyAction.Allow;
        var everyone = false;
        IList<string> emails = [], domains = [], groups = [], serviceTokens = [];
        reader.Choice<AccessEmulatorPolicyAction>(nameof(AccessEmulatorPolicy.Action), value => action = value);
        reader.Flag(nameof(AccessEmulatorPolicy.Everyone), value => everyone = value);
        reader.List(nameof(AccessEmulatorPolicy.Emails), value => emails = value);
        reader.List(nameof(AccessEmulatorPolicy.EmailDomains), value => domains = value);
        reader.List(nameof(AccessEmulatorPolicy.Groups), value => groups = value);
        reader.List(nameof(AccessEmulatorPolicy.ServiceTokens), value => serviceTokens = value);
        AccessEmulatorExternalEvaluation? evaluation = null;
        reader.Any(nameof(AccessEmulatorPolicy.ExternalEvaluation), section =>
        {
            if (section.Exists())
            {
                reader.Section(nameof(AccessEmulatorPolicy.ExternalEvaluation), inner => evaluation = ReadEvaluation(inner));
            }
        });
        return new()
        {
            Action = action,
            Everyone = everyone,
            ExternalEvaluation = evaluation,
            Emails = [.. emails],
            EmailDomains = [.. domains],
            Groups = [.. groups],
            ServiceTokens = [.. serviceTokens],
        };
    }

    private static AccessEmulatorExternalEvaluation ReadEvaluation(SettingsReader reader)
    {
        var (evaluate, keys) = (string.Empty, string.Empty);
        reader.Text(nameof(AccessEmulatorExternalEvaluation.EvaluateUrl), value => evaluate = value);
        reader.Text(nameof(AccessEmulatorExternalEvaluation.KeysUrl), value => keys = value);
        return new() { EvaluateUrl = evaluate, KeysUrl = keys };
    }
}
