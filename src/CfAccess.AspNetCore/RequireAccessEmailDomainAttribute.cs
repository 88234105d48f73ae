using CfAccess.AspNetCore.Authorization;

namespace CfAccess.AspNetCore;

/// <summary>Requires a person with an email address of one of the domains, as <c>RequireAccessEmailDomain</c> does in a policy.</summary>
/// <param name="domains">The domains, such as <c>example.com</c>, at least one. Compared whole, in any case: a subdomain is another domain.</param>
/// <exception cref="ArgumentException">There is no domain, one is empty, or one contains an <c>@</c>.</exception>
public sealed class RequireAccessEmailDomainAttribute(params string[] domains) : RequireAccessAttribute(AccessRequirementKind.EmailDomain, domains)
{
    /// <summary>The domains, such as <c>example.com</c>, at least one. Compared whole, in any case: a subdomain is another domain.</summary>
    public IReadOnlyList<string> Domains { get; } = [.. domains];
}
