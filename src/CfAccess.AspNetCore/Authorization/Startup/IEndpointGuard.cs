namespace CfAccess.AspNetCore.Authorization.Startup;

/// <summary>Metadata of an endpoint whose delegate a convention of ours wrapped. It lets the start check find an endpoint that does not run the delegate.</summary>
internal interface IEndpointGuard
{
    /// <summary>The convention, as the application calls it.</summary>
    string Name { get; }
}
