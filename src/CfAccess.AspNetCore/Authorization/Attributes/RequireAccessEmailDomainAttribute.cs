using CfAccess.AspNetCore.Authorization;

namespace CfAccess.AspNetCore;

/// <summary>Requires a person with an e-mail address of one of the named domains, as <c>RequireAccessEmailDomain</c> does in a policy.</summary>
public sealed class RequireAccessEmailDomainAttribute : RequireAccessAttribute
{
    /// <summary>Names the domains.</summary>
    /// <param name="domains">The domains, such as <c>example.com</c>; at least one. Compared whole, without regard to case.</param>
    /// <exception cref="ArgumentException">There is none, or an empty one.</exception>
    public RequireAccessEmailDomainAttribute(params string[] domains)
    {
        AccessRequirements.EmailDomain(domains, team: null);
        Domains = [.. domains];
    }

    /// <summary>The domains, such as <c>example.com</c>; at least one. Compared whole, without regard to case.</summary>
    public IReadOnlyList<string> Domains { get; }

    private protected override AccessRequirement Requirement() => AccessRequirements.EmailDomain(Domains, Team);
}
