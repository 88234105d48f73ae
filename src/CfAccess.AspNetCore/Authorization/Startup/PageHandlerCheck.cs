using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Mvc.Razor.Compilation;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CfAccess.AspNetCore.Authorization.Startup;

/// <summary>Finds Access requirements on the handler methods of Razor Pages. ASP.NET Core ignores every <c>[Authorize]</c> there.</summary>
internal sealed class PageHandlerCheck(PolicyReader policies, ApplicationPartManager? parts = null) : IEndpointCheck
{
    private const string PagesNeedReflection = "Razor Pages need reflection, so an application that has them is not trimmed.";

    public Task CheckAsync(IReadOnlyList<EndpointDemands> endpoints, EndpointReport report)
    {
        var pages = endpoints
            .Select(endpoint => (endpoint.Name, Page: endpoint.Endpoint.Metadata.GetMetadata<PageActionDescriptor>()?.RelativePath))
            .Where(one => one.Page is not null)
            .DistinctBy(one => one.Page)
            .ToList();
        if (pages.Count == 0 || parts is null)
        {
            return Task.CompletedTask;
        }

        var views = new ViewsFeature();
        parts.PopulateFeature(views);
        var types = views.ViewDescriptors.ToLookup(view => view.RelativePath, view => view.Type, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, page) in pages)
        {
            foreach (var handler in types[page!].OfType<Type>().SelectMany(FindHandlers).Where(DemandsAccess))
            {
                report.Error(
                    name,
                    $"ASP.NET Core ignores the authorization attribute on {handler.DeclaringType!.Name}.{handler.Name}, because it reads none on handler methods of a "
                    + "page. Put the attribute on the page model.");
            }
        }

        return Task.CompletedTask;
    }

    private bool DemandsAccess(MethodInfo method) => method.GetCustomAttributes().OfType<IAuthorizeData>()
        .SelectMany(policies.Read)
        .Any(policy => policy.Requirements.OfType<AccessRequirement>().Any());

    /// <summary>The handlers are methods of the page model, or of the page if it has none.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = PagesNeedReflection)]
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = PagesNeedReflection)]
    private static IEnumerable<MethodInfo> FindHandlers(Type page)
    {
        var model = page.GetProperty("Model")?.PropertyType ?? page;
        return model.GetMethods(BindingFlags.Instance | BindingFlags.Public);
    }
}
