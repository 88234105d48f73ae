using System.Collections.Concurrent;
using CfAccess.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Logging;

namespace CfAccess.AspNetCore.Authorization.Policies;

/// <summary>
/// The requirements that policy names stand for, each parsed once. Only the requirement is kept, not the whole policy: the application's default policy
/// may change.
/// </summary>
internal sealed class PolicyRequirements(SafeLoggerFactory loggers)
{
    /// <summary>Names come from the application's code. This bounds memory if an application builds them from something else.</summary>
    private const int MaxNames = 1000;

    private readonly ILogger _logger = loggers.CreateLogger(LogCategories.Authorization);
    private readonly ConcurrentDictionary<string, IAuthorizationRequirement> _requirements = new(StringComparer.Ordinal);

    /// <summary>The requirement of a name that <see cref="PolicyName.IsAccessPolicy"/> recognizes.</summary>
    public IAuthorizationRequirement Get(string name)
    {
        if (_requirements.TryGetValue(name, out var known))
        {
            return known;
        }

        var requirement = Parse(name);
        return _requirements.Count < MaxNames ? _requirements.GetOrAdd(name, requirement) : requirement;
    }

    /// <summary>A name that nobody can read must reject everybody. An exception would be a response of 500, and would keep a hub's client waiting.</summary>
    private IAuthorizationRequirement Parse(string name)
    {
        if (PolicyName.TryParse(name, out var requirement))
        {
            return requirement;
        }

        _logger.PolicyNameInvalid(InvalidPolicyName.Shorten(name));
        return new InvalidPolicyName(name);
    }
}
