using CfAccess.Emulator.Callers;
using CfAccess.Emulator.Evaluation;

namespace CfAccess.Emulator.Applications;

/// <summary>What is wrong with the applications and their policies.</summary>
internal static class ApplicationRules
{
    public static IEnumerable<string> Of(string path, AccessEmulatorOptions options) =>
    [
        .. options.Applications.Index().SelectMany(one => OfApplication($"{path}:{one.Index}", one.Item, options)),
        .. Repeated(options.Applications.Select(application => application.Audience))
            .Select(tag => $"{path} has the AUD tag {tag ?? "of the app under development (no Audience)"} more than once. An AUD tag belongs "
                + "to one application: write an Audience of its own in each."),
        .. Repeated(options.Applications.SelectMany(one => one.Paths.Where(ApplicationPath.IsGood).Select(ApplicationPath.Normalize)))
            .Select(covered => $"{path} has the path {(covered.HasValue ? covered.Value : "/")} more than once, so that nobody could tell which "
                + "application it belongs to."),
    ];

    private static IEnumerable<string> OfApplication(string path, AccessEmulatorApplication application, AccessEmulatorOptions options)
    {
        if (application.Audience is { } tag && !CallerRules.IsWord(tag))
        {
            yield return $"{path}:Audience has to be an AUD tag (64 hex digits, as in the dashboard), or left out to follow the app.";
        }

        if (application.Paths.Count == 0 || !application.Paths.All(ApplicationPath.IsGood))
        {
            yield return $"{path}:Paths has to be a list of paths such as /admin, each of which covers what lies below it; no wildcards.";
        }

        foreach (var wrong in application.Policies.Index().SelectMany(one => OfPolicy($"{path}:Policies:{one.Index}", one.Item, options)))
        {
            yield return wrong;
        }
    }

    private static IEnumerable<string> OfPolicy(string path, AccessEmulatorPolicy policy, AccessEmulatorOptions options)
    {
        var people = policy.Emails.Concat(policy.EmailDomains).Concat(policy.Groups).Any();
        var services = policy.ServiceTokens.Count > 0;
        switch (policy.Action)
        {
            case AccessEmulatorPolicyAction.Allow when services || !(people || policy.Everyone || policy.ExternalEvaluation is not null):
                yield return $"{path} is Allow: name Emails, EmailDomains, Groups or ExternalEvaluation, or set Everyone. ServiceTokens belong to "
                    + "ServiceAuth.";
                break;
            case AccessEmulatorPolicyAction.ServiceAuth when people || !(services || policy.Everyone):
                yield return $"{path} is ServiceAuth: name ServiceTokens, or set Everyone. Emails, EmailDomains and Groups belong to Allow.";
                break;
            case AccessEmulatorPolicyAction.Bypass when people || services:
                yield return $"{path} is Bypass, which lets everybody by: it takes no lists.";
                break;
            case var action when !Enum.IsDefined(action):
                yield return $"{path}:Action is {action}. Write {string.Join(", ", Enum.GetNames<AccessEmulatorPolicyAction>())}.";
                break;
        }

        if (policy.ExternalEvaluation is { } evaluation)
        {
            if (policy.Action != AccessEmulatorPolicyAction.Allow)
            {
                yield return $"{path}:ExternalEvaluation belongs to Allow: the emulator asks it when a person logs in.";
            }

            foreach (var (key, url) in new[] { ("EvaluateUrl", evaluation.EvaluateUrl), ("KeysUrl", evaluation.KeysUrl) }.Where(one => !EvaluationUrl.IsGood(one.Item2)))
            {
                yield return $"{path}:ExternalEvaluation:{key} is '{url}', but has to be an http or https URL, or a path of the app such as /evaluate.";
            }
        }

        var groups = options.People.SelectMany(person => person.Groups).ToHashSet(StringComparer.Ordinal);
        foreach (var group in policy.Groups.Where(group => !groups.Contains(group)))
        {
            yield return $"{path}:Groups names {group}, which is no group of anybody in People. Groups there: {List(groups)}.";
        }

        var clientIds = options.ServiceTokens.Select(one => one.ClientId).ToHashSet(StringComparer.Ordinal);
        foreach (var clientId in policy.ServiceTokens.Where(clientId => !clientIds.Contains(clientId)))
        {
            yield return $"{path}:ServiceTokens names {clientId}, which is no Client ID of ServiceTokens. Client IDs there: {List(clientIds)}.";
        }
    }

    private static string List(IEnumerable<string> names) => string.Join(", ", names.DefaultIfEmpty("none"));

    private static IEnumerable<T> Repeated<T>(IEnumerable<T> values) =>
        values.GroupBy(value => value).Where(group => group.Count() > 1).Select(group => group.Key);
}
