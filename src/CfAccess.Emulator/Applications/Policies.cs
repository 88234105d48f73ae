namespace CfAccess.Emulator.Applications;

/// <summary>
/// Decides whom an application lets in: Bypass comes first, then Service Auth, then Allow. Source: Cloudflare One documentation, "Access
/// policies", Order of execution.
/// </summary>
internal static class Policies
{
    public static Decision Decide(IReadOnlyList<AccessEmulatorPolicy> policies, Caller caller) => caller switch
    {
        _ when policies.Any(policy => policy.Action == AccessEmulatorPolicyAction.Bypass) => Decision.Bypass,
        { ServiceToken: { } serviceToken } => Allow(policies, AccessEmulatorPolicyAction.ServiceAuth, policy => Matches(policy, serviceToken)),
        { Person: { } person } => OfPerson(policies, person, caller.Passed),
        _ => Allow(policies, AccessEmulatorPolicyAction.Allow, _ => true) == Decision.Allow ? Decision.LogIn : Decision.Deny,
    };

    /// <summary>The policies that let a person in, but for what External Evaluation says.</summary>
    public static IEnumerable<AccessEmulatorPolicy> Matching(IReadOnlyList<AccessEmulatorPolicy> policies, AccessEmulatorPerson person) =>
        policies.Where(policy => policy.Action == AccessEmulatorPolicyAction.Allow && Matches(policy, person));

    /// <summary>External Evaluation is asked at login only: who was not asked about logs in again.</summary>
    private static Decision OfPerson(
        IReadOnlyList<AccessEmulatorPolicy> policies, AccessEmulatorPerson person, IReadOnlySet<AccessEmulatorPolicy>? passed)
    {
        List<AccessEmulatorPolicy> matching = [.. Matching(policies, person)];
        return policies.Count == 0 || matching.Any(policy => policy.ExternalEvaluation is null || passed?.Contains(policy) != false) ? Decision.Allow
            : matching.Count > 0 ? Decision.LogIn
            : Decision.Deny;
    }

    private static Decision Allow(
        IReadOnlyList<AccessEmulatorPolicy> policies, AccessEmulatorPolicyAction action, Func<AccessEmulatorPolicy, bool> matches) =>
        policies.Count == 0 || policies.Any(policy => policy.Action == action && matches(policy)) ? Decision.Allow : Decision.Deny;

    private static bool Matches(AccessEmulatorPolicy policy, AccessEmulatorServiceToken serviceToken) =>
        policy.Everyone || policy.ServiceTokens.Contains(serviceToken.ClientId, StringComparer.Ordinal);

    private static bool Matches(AccessEmulatorPolicy policy, AccessEmulatorPerson person) =>
        policy.Everyone
        || policy is { ExternalEvaluation: not null, Emails: [], EmailDomains: [], Groups: [] }
        || policy.Emails.Contains(person.Email, StringComparer.OrdinalIgnoreCase)
        || policy.EmailDomains.Contains(DomainOf(person.Email), StringComparer.OrdinalIgnoreCase)
        || policy.Groups.Intersect(person.Groups, StringComparer.Ordinal).Any();

    private static string DomainOf(string email) => email[(email.LastIndexOf('@') + 1)..];
}
