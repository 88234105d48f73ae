using System.Text.Json;
using CfAccess.ApiShield;
using CfAccess.Emulator.ApiShield.Bodies;
using CfAccess.Emulator.ApiShield.Responses;
using Microsoft.AspNetCore.Http;

namespace CfAccess.Emulator.ApiShield.Zone;

/// <summary>Makes, changes and deletes token configurations.</summary>
internal sealed class ConfigurationEdits(TimeProvider clock)
{
    private const string Kind = "token configuration";
    private const string Id = "id";

    private readonly ShieldStamp _stamp = new(clock);

    public ShieldEdit Create(ApiShieldRuleSet set, JsonElement body)
    {
        var problems = new BodyProblems();
        if (BodyReader.From(body, string.Empty, problems) is not { } reader)
        {
            return ShieldEdit.Refuse(problems);
        }

        ShieldStamp.Check(reader, Id);
        var documents = ShieldDocuments.From(set);
        return Save(
            documents, [.. documents.Configurations, _stamp.New(body, Id)], documents.Configurations.Count, problems, found => found, Tell);
    }

    public ShieldEdit Change(ApiShieldRuleSet set, string id, JsonElement body)
    {
        var problems = new BodyProblems();
        if (set.FindConfiguration(id) is not { } index)
        {
            return ShieldEdit.Refuse(ShieldAnswer.Unknown(Kind, id));
        }

        if (BodyReader.From(body, string.Empty, problems) is not { } reader)
        {
            return ShieldEdit.Refuse(problems);
        }

        if (body.TryGetProperty(ConfigurationJson.Credentials, out _))
        {
            reader.Error(ConfigurationJson.Credentials, "is not changed here. Send the keys with PUT or PATCH to …/credentials.");
        }

        ObjectId.Check(body, id, string.Empty, problems);
        var documents = ShieldDocuments.From(set);
        var changed = JsonOverlay.Lay(documents.Configurations[index], body, [ConfigurationJson.Credentials, .. ShieldStamp.Names]);
        return Replace(documents, index, changed, problems, found => found, Tell);
    }

    /// <summary>Puts other keys in place of all that there are.</summary>
    /// <param name="set">The rule set.</param>
    /// <param name="id">The configuration.</param>
    /// <param name="body">An object with <c>keys</c>.</param>
    /// <param name="inherits">Whether a key with the <c>alg</c> and <c>kid</c> of one that there is keeps those members that it leaves out.</param>
    public ShieldEdit ChangeKeys(ApiShieldRuleSet set, string id, JsonElement body, bool inherits)
    {
        if (set.FindConfiguration(id) is not { } index)
        {
            return ShieldEdit.Refuse(ShieldAnswer.Unknown(Kind, id));
        }

        var documents = ShieldDocuments.From(set);
        var changed = CredentialOverlay.Lay(documents.Configurations[index], body, inherits);
        return Replace(documents, index, changed, new(), CredentialOverlay.InBody, TellCredentials);
    }

    public static ShieldEdit Delete(ApiShieldRuleSet set, string id)
    {
        if (set.FindConfiguration(id) is not { } index)
        {
            return ShieldEdit.Refuse(ShieldAnswer.Unknown(Kind, id));
        }

        var users = set.GetRulesByConfiguration(id).Select(rule => $"{rule.Id} (\"{rule.Title}\")").ToList();
        if (users.Count == 0)
        {
            var documents = ShieldDocuments.From(set);
            return ShieldEdit.Save(
                documents.WithConfigurations([.. documents.Configurations.Where((_, place) => place != index)]), ShieldAnswer.Deleted(Id, id));
        }

        return ShieldEdit.Refuse(ShieldAnswer.Refuse(
            StatusCodes.Status409Conflict,
            ShieldCodes.InUse,
            $"The token configuration {id} is named by the expression of {string.Join(", ", users)}. Change or delete these rules first. "
            + "Terraform deletes a configuration before it creates the replacement: write lifecycle { create_before_destroy = true } into its resource."));
    }

    private ShieldEdit Replace(
        ShieldDocuments documents,
        int index,
        JsonElement changed,
        BodyProblems problems,
        Func<IEnumerable<ApiShieldProblem>, IEnumerable<ApiShieldProblem>> inBody,
        Func<ApiShieldTokenConfiguration, BodyProblems, ShieldAnswer> tell) => Save(
            documents,
            [.. documents.Configurations.Select((one, place) => place == index ? _stamp.Changed(changed) : one)],
            index,
            problems,
            inBody,
            tell);

    private static ShieldEdit Save(
        ShieldDocuments documents,
        IReadOnlyList<JsonElement> configurations,
        int index,
        BodyProblems problems,
        Func<IEnumerable<ApiShieldProblem>, IEnumerable<ApiShieldProblem>> inBody,
        Func<ApiShieldTokenConfiguration, BodyProblems, ShieldAnswer> tell)
    {
        var (next, found) = documents.WithConfigurations(configurations).Load();
        var saved = new SavedProblems(found, ApiShieldDocumentKind.Configurations);
        problems.AddRange(inBody(saved.OfItem(index, string.Empty)));
        problems.AddRange(saved.Others());
        return problems.HasErrors || next is null ? ShieldEdit.Refuse(problems) : new(next, tell(next.Configurations[index], problems));
    }

    private static ShieldAnswer Tell(ApiShieldTokenConfiguration configuration, BodyProblems problems) =>
        ShieldAnswer.Of(writer => ConfigurationJson.Tell(writer, configuration), problems.All);

    private static ShieldAnswer TellCredentials(ApiShieldTokenConfiguration configuration, BodyProblems problems) =>
        ShieldAnswer.Of(writer => ConfigurationJson.TellCredentials(writer, configuration), problems.All) with
        {
            Beside = writer => ConfigurationJson.TellKeys(writer, configuration),
        };
}
