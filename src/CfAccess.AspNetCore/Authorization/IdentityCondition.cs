using CfAccess.AspNetCore.Identity;

namespace CfAccess.AspNetCore.Authorization;

/// <summary>What a requirement asks of an identity.</summary>
/// <param name="Applies">Whether it is worth a call to ask for this person's.</param>
/// <param name="IsRequired">Whether the answer is 503, and not 403, where it is not to be had.</param>
/// <param name="IsMet">Judges it.</param>
internal sealed record IdentityCondition(
    Func<AccessPerson, bool> Applies, Func<AccessPerson, bool> IsRequired, Func<AccessIdentity, bool> IsMet);
