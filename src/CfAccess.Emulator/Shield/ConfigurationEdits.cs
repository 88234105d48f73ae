using System.Text.Json;
using CfAccess.ApiShield;
using CfAccess.ApiShield.Documents;
using CfAccess.ApiShield.Rules;
using Microsoft.AspNetCore.Http;

namespace CfAccess.Emulator.Shield;

/// <summary>Makes, changes and deletes token configurations.</summary>
internal sealed class ConfigurationEdits(TimeProvider clock)
{
    private const string Kind = "token configuration";

    private readonly ConfigurationReader _reader = new(ShieldSets.Options, clock);
    private readonly ShieldStamp _stamp = new(clock);

    public ShieldEdit Create(ApiShieldRuleSet set, JsonElement body)
    {
        var problems = new ProblemList(ApiShieldDocumentKind.Configurations);
        var read = _reader.Read(body, string.Empty, problems, hasIdentity: false);
        if (set.ConfigurationsInForce.Count >= DocumentLimits.Configurations)
        {
            problems.Error(
                string.Empty, $"would be one token configuration more than the {DocumentLimits.Configurations} that a zone may have. Delete one.");
        }

        if (problems.HasErrors || read is null)
        {
            return ShieldEdit.Refuse(problems);
        }

        var now = _stamp.Now;
        var made = read.With(read.Document with { Id = ShieldStamp.NewId(), CreatedAt = now, LastUpdated = now });
        return new(set.With([.. set.ConfigurationsInForce, made]), Tell(made, problems));
    }

    public ShieldEdit Change(ApiShieldRuleSet set, string id, JsonElement body)
    {
        var problems = new ProblemList(ApiShieldDocumentKind.Configurations);
        if (set.FindConfiguration(id) is not { } old)
        {
            return ShieldEdit.Refuse(ShieldAnswer.Unknown(Kind, id));
        }

        if (ObjectReader.Of(body, string.Empty, problems) is null)
        {
            return ShieldEdit.Refuse(problems);
        }

        if (body.TryGetProperty(ConfigurationJson.Credentials, out _))
        {
            problems.Error("/" + ConfigurationJson.Credentials, "is not changed here. Send the keys with PUT or PATCH to …/credentials.");
        }

        ObjectId.Check(body, id, string.Empty, problems);
        var changed = JsonOverlay.Lay(ConfigurationJson.Whole(old), body, ConfigurationJson.Credentials, "id", "created_at", "last_updated");
        return Replace(set, old, _reader.Read(changed, string.Empty, problems), problems, Tell);
    }

    /// <summary>Puts other keys in place of all that there are.</summary>
    /// <param name="set">The rule set.</param>
    /// <param name="id">The configuration.</param>
    /// <param name="body">An object with <c>keys</c>.</param>
    /// <param name="inherits">Whether a key with the <c>alg</c> and <c>kid</c> of one that there is keeps those members that it leaves out.</param>
    public ShieldEdit ChangeKeys(ApiShieldRuleSet set, string id, JsonElement body, bool inherits)
    {
        if (set.FindConfiguration(id) is not { } old)
        {
            return ShieldEdit.Refuse(ShieldAnswer.Unknown(Kind, id));
        }

        var problems = new ProblemList(ApiShieldDocumentKind.Configurations);
        var read = _reader.Read(CredentialOverlay.Lay(old, body, inherits), string.Empty, problems);
        return Replace(set, old, read, CredentialOverlay.InBody(problems), TellCredentials);
    }

    public static ShieldEdit Delete(ApiShieldRuleSet set, string id)
    {
        if (set.FindConfiguration(id) is not { } old)
        {
            return ShieldEdit.Refuse(ShieldAnswer.Unknown(Kind, id));
        }

        var users = set.RulesInForce.Where(rule => rule.ConfigurationIds().Contains(id)).Select(rule => $"{rule.Document.Id} (\"{rule.Document.Title}\")").ToList();
        return users.Count == 0
            ? new(set.With([.. set.ConfigurationsInForce.Where(one => one != old)]), ObjectId.Tell("id", id))
            : ShieldEdit.Refuse(ShieldAnswer.Refuse(
                StatusCodes.Status409Conflict,
                ShieldCodes.InUse,
                $"The token configuration {id} is named by the expression of {string.Join(", ", users)}. Change or delete these rules first. "
                + "Terraform deletes a configuration before it creates the replacement: write lifecycle { create_before_destroy = true } into its resource."));
    }

    private ShieldEdit Replace(
        ApiShieldRuleSet set,
        ConfigurationInForce old,
        ConfigurationInForce? read,
        ProblemList problems,
        Func<ConfigurationInForce, ProblemList, ShieldAnswer> tell)
    {
        if (problems.HasErrors || read is null)
        {
            return ShieldEdit.Refuse(problems);
        }

        var changed = read.With(read.Document with { LastUpdated = _stamp.Now });
        return new(set.With(set.ConfigurationsInForce.Replacing(old, changed)), tell(changed, problems));
    }

    private static ShieldAnswer Tell(ConfigurationInForce configuration, ProblemList problems) =>
        ShieldAnswer.Of(writer => ConfigurationJson.Tell(writer, configuration.Document), problems.All);

    private static ShieldAnswer TellCredentials(ConfigurationInForce configuration, ProblemList problems) =>
        ShieldAnswer.Of(writer => ConfigurationJson.TellCredentials(writer, configuration.Document), problems.All) with
        {
            Beside = writer => ConfigurationJson.TellKeys(writer, configuration.Document),
        };
}
