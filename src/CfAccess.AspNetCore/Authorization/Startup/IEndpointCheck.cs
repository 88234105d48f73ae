namespace CfAccess.AspNetCore.Authorization.Startup;

/// <summary>Looks for endpoints whose protection cannot work as it was written.</summary>
internal interface IEndpointCheck
{
    /// <param name="endpoints">The endpoints of the application, or those that were added while it ran.</param>
    /// <param name="report">Takes what is found.</param>
    Task CheckAsync(IReadOnlyList<EndpointDemands> endpoints, EndpointReport report);
}
