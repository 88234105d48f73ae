using System.Security.Claims;
using CfAccess.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Tells SignalR who is calling.</summary>
public static class AccessSignalRServerBuilderExtensions
{
    /// <summary>
    /// Lets <c>Clients.User(id)</c> reach the connections of a person or service that Cloudflare Access authenticated; the id is what
    /// <see cref="AccessClaimsPrincipalExtensions.GetAccessUserId"/> tells. Callers of other schemes have no user id then. Takes the place of an
    /// <see cref="IUserIdProvider"/> that was added before.
    /// </summary>
    /// <param name="builder">What <c>AddSignalR</c> returns.</param>
    /// <returns>The builder.</returns>
    public static ISignalRServerBuilder AddCloudflareAccessUserIdProvider(this ISignalRServerBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.Replace(ServiceDescriptor.Singleton<IUserIdProvider, AccessUserIdProvider>());
        return builder;
    }
}
