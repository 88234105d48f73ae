using CfAccess.AspNetCore.Answers;
using CfAccess.AspNetCore.Authorization;
using CfAccess.AspNetCore.Authorization.Policies;
using CfAccess.AspNetCore.Authorization.Startup;
using CfAccess.AspNetCore.Backchannel;
using CfAccess.AspNetCore.Connections;
using CfAccess.AspNetCore.Diagnostics;
using CfAccess.AspNetCore.Hosting;
using CfAccess.AspNetCore.Identity;
using CfAccess.AspNetCore.Teams;
using CfAccess.Shared.Diagnostics;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CfAccess.AspNetCore;

/// <summary>Registers what stands behind a scheme: its settings, its teams with their keys, and what judges a token.</summary>
internal static class AccessRegistration
{
    public static void AddTeams(this IServiceCollection services, string name, Action<CloudflareAccessOptions>? configure)
    {
        AddShared(services);
        AccessPolicyProvider.Decorate(services);
        if (!services.Any(service => service.ImplementationInstance is SettingsName known && known.Name == name))
        {
            services.AddSingleton(new SettingsName(name));
            services.AddOptions<CloudflareAccessOptions>(name).ValidateOnStart().PostConfigure<IServiceProvider>(SetClock);
            services.AddSingleton<IHostedService>(provider => ActivatorUtilities.CreateInstance<SchemeStartup>(provider, name));
        }

        if (configure is not null)
        {
            services.Configure(name, configure);
        }
    }

    private static void AddShared(IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(AccessSchemes)))
        {
            return;
        }

        services.AddAuthorization();
        services.AddMetrics();
        services.AddSingleton<AccessMetrics>();
        services.AddActivitySource(CloudflareAccessDefaults.DiagnosticsName);
        services.AddSingleton<AccessTraces>();
        services.AddSingleton<SafeLoggerFactory>();
        services.AddSingleton<AccessSchemes>();
        services.AddSingleton<IConfigureOptions<CloudflareAccessOptions>, CloudflareAccessConfigureOptions>();

        // First of all, so that nothing has replaced the teams before.
        services.Insert(0, ServiceDescriptor.Singleton<IPostConfigureOptions<CloudflareAccessOptions>, RememberConfiguredTeams>());
        services.AddSingleton<IValidateOptions<CloudflareAccessOptions>, CloudflareAccessValidateOptions>();
        services.AddSingleton<ICloudflareAccessTokenValidator, AccessTokenValidator>();
        services.AddSingleton<ICloudflareAccessSigningKeys, AccessSigningKeys>();
        services.AddSingleton<IStartupFilter, ProblemStartupFilter>();
        services.AddExceptionHandler<IdentityExceptionHandler>();
        services.AddSingleton<IAuthorizationHandler, AccessRolesHandler>();
        services.AddSingleton<IAuthorizationHandler, OneCallerHandler>();
        services.AddSingleton<IAuthorizationHandler, DecisionRecorder>();
        services.AddSingleton<IAuthorizationHandler, RebuiltPrincipalHandler>();
        services.AddSingleton<PolicyRequirements>();
        services.AddSingleton<PolicyReader>();
        services.AddSingleton<TrustedTeams>();
        services.AddSingleton<GroupSources>();
        services.AddSingleton<AskedSchemes>();
        services.AddSingleton<IEndpointCheck, PlacementCheck>();
        services.AddSingleton<IEndpointCheck, PageHandlerCheck>();
        services.AddSingleton<IEndpointCheck, SchemeCheck>();
        services.AddSingleton<IEndpointCheck, RoleCheck>();
        services.AddSingleton<IEndpointCheck, NameCheck>();
        services.AddSingleton<IEndpointCheck, RequirementCheck>();
        services.AddSingleton<IEndpointCheck, CircuitCheck>();
        services.TryAddEnumerable(ServiceDescriptor.Scoped<CircuitHandler, AccessCircuitHandler>());

        // The outermost filter sees the endpoints that other filters add.
        services.Insert(0, ServiceDescriptor.Singleton<IStartupFilter, StartupCheck>());
        services.AddAccessHttpClient(CloudflareAccessDefaults.KeysHttpClient);
        services.AddAccessHttpClient(CloudflareAccessDefaults.IdentityHttpClient, IdentityFetcher.MaximumConnections);
    }

    /// <summary>The framework does so for a scheme; settings without one need a clock too.</summary>
    private static void SetClock(CloudflareAccessOptions options, IServiceProvider services) =>
        options.TimeProvider ??= services.GetService<TimeProvider>() ?? TimeProvider.System;
}
