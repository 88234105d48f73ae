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
        { Person: { } person } => Allow(policies, AccessEmulatorPolicyAction.Allow, policy => Matches(policy, person)),
        _ => Allow(policies, AccessEmulatorPolicyAction.Allow, _ => true) == Decision.Allow ? Decision.LogIn : Decision.Deny,
    };

    private static Decision Allow(
        IReadOnlyList<AccessEmulatorPolicy> policies, AccessEmulatorPolicyAction action, Func<AccessEmulatorPolicy, bool> matches) =>
        policies.Count == 0 || policies.Any(policy => policy.Action == action && matches(policy)) ? Decision.Allow : Decision.Deny;

    private static bool Matches(AccessEmulatorPolicy policy, AccessEmulatorServiceToken serviceToken) =>
        policy.Everyone || policy.ServiceTokens.Contains(serviceToken.ClientId, StringComparer.Ordinal);

    private static bool Matches(AccessEmulatorPolicy policy, AccessEmulatorPerson person) =>
        policy.Everyone
        || policy.Emails.Contains(person.Email, StringComparer.OrdinalIgnoreCase)
        || policy.EmailDomains.Contains(DomainOf(person.Email), StringComparer.OrdinalIgnoreCase)
        || policy.Groups.Intersect(person.Groups, StringComparer.Ordinal).Any();

    private static string DomainOf(string email) => email[(email.LastIndexOf('@') + 1)..];
}
