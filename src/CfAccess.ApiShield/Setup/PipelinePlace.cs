using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace CfAccess.ApiShield.Setup;

/// <summary>A place in a pipeline at which <c>UseApiShield</c> was called.</summary>
/// <param name="app">The pipeline, or a branch of it.</param>
internal sealed class PipelinePlace(IApplicationBuilder app)
{
    /// <summary><c>UseRouting</c> leaves its route builder here, for <c>UseEndpoints</c>. A branch has a copy.</summary>
    private const string Key = "__EndpointRouteBuilder";

    private readonly object? _routing = FindRouting(app);

    /// <summary>Whether a <c>WebApplication</c> and its branches are routed without a call of <c>UseRouting</c>: before everything else.</summary>
    /// <param name="server">The server's pipeline, which contains the application's.</param>
    public static bool IsRoutedFirst(IApplicationBuilder server) =>
        FindRouting(server) is IApplicationBuilder application && FindRouting(application) is null;

    /// <summary>Whether an endpoint can be chosen after this place. To be asked when the pipeline is complete.</summary>
    /// <param name="needsRouting">Whether a call of <c>UseRouting</c> must come before.</param>
    public bool IsBeforeRouting(bool needsRouting) =>
        !ReferenceEquals(FindRouting(app), _routing) || (_routing is null && needsRouting && !IsWebApplication);

    private bool IsWebApplication => app is IEndpointRouteBuilder;

    private static object? FindRouting(IApplicationBuilder builder) => builder.Properties.TryGetValue(Key, out var routing) ? routing : null;
}
