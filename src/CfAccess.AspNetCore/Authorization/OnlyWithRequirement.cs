using Microsoft.AspNetCore.Authorization;

namespace CfAccess.AspNetCore.Authorization;

/// <summary>
/// The policy that every attribute of ours names: met only where the attribute's own requirement is asked too. Whoever reads the attribute as a plain
/// <c>[Authorize]</c>, such as a Razor component or a hub method, lets nobody in.
/// </summary>
internal sealed class OnlyWithRequirement : AuthorizationHandler<OnlyWithRequirement>, IAuthorizationRequirement
{
    public const string Policy = "CfAccess.OnlyWithRequirement";

    public static void AddPolicy(AuthorizationOptions options) => options.AddPolicy(
        Policy, new AuthorizationPolicyBuilder().Combine(options.DefaultPolicy).AddRequirements(new OnlyWithRequirement()).Build());

    public override string ToString() => "the requirement of an attribute, which was not asked: write a policy here";

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, OnlyWithRequirement requirement)
    {
        if (context.Requirements.Any(one => one is AccessRequirement))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
