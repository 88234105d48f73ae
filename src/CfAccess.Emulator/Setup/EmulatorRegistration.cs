using CfAccess.AspNetCore;
using CfAccess.Emulator.Backchannel;
using CfAccess.Emulator.Edge;
using CfAccess.Emulator.Endpoints;
using CfAccess.Emulator.Evaluation;
using CfAccess.Shared.Http;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace CfAccess.Emulator.Setup;

/// <summary>Remembers in a service collection what was asked for, and registers the emulator once, when it may run.</summary>
internal sealed class EmulatorRegistration(bool isDevelopment)
{
    private readonly List<Action<AccessEmulatorOptions>> _configure = [];
    private readonly List<Action<IServiceCollection>> _whenOn = [];
    private bool _isOn;

    public static EmulatorRegistration In(IServiceCollection services, bool isDevelopment)
    {
        if (services.Select(service => service.ImplementationInstance).OfType<EmulatorRegistration>().FirstOrDefault() is { } made)
        {
            return made;
        }

        var registration = new EmulatorRegistration(isDevelopment);
        services.AddSingleton(registration);
        services.AddHostedService<StartNotice>();
        return registration;
    }

    /// <summary>Adds the endpoints below <see cref="AccessPaths.Prefix"/>.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="isAlone">Whether there is no application behind the emulator.</param>
    public static void AddEndpoints(IServiceCollection services, bool isAlone = false)
    {
        services.AddSingleton<FormAntiforgery>();
        services.AddSingleton<StateChange>();
        AddEvaluation(services);
        services.AddSingleton<LoginEndpoint>();
        services.AddSingleton<LogoutEndpoint>();
        services.AddSingleton<MintEndpoint>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<DashboardEndpoint>(provider, isAlone));
        services.AddSingleton<AccessEndpoints>();
    }

    /// <summary>A redirect would ask somebody whom nobody configured.</summary>
    private static void AddEvaluation(IServiceCollection services)
    {
        services.AddSingleton<EvaluationCall>();
        services.AddSingleton<LoginEvaluation>();
        services.AddHttpClient(AccessEmulatorDefaults.ExternalEvaluationHttpClient, client =>
            {
                client.Timeout = Timeout.InfiniteTimeSpan;
                client.DefaultRequestHeaders.UserAgent.Add(UserAgent.Value);
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                UseProxy = false,
                ActivityHeadersPropagator = null,
            })
            .RemoveAllLoggers();
    }

    private static void StandBeforeNetwork(IServiceCollection services, string client) =>
        services.PostConfigure<HttpClientFactoryOptions>(client, options =>
            options.HttpMessageHandlerBuilderActions.Add(builder => builder.PrimaryHandler =
                new TeamDomainHandler(builder.Services.GetRequiredService<AccessEmulator>(), builder.PrimaryHandler)));

    /// <summary>Whether the emulator runs, and whether that is only because code allowed it.</summary>
    public (bool IsOn, bool IsAllowedByCode) State => (_isOn, _isOn && !isDevelopment);

    /// <summary>Adds services if the emulator runs: now, or later if a later call turns it on.</summary>
    public void WhenOn(IServiceCollection services, Action<IServiceCollection> add)
    {
        if (_isOn)
        {
            add(services);
        }
        else
        {
            _whenOn.Add(add);
        }
    }

    public void Add(IServiceCollection services, Action<AccessEmulatorOptions>? configure)
    {
        if (configure is not null)
        {
            _configure.Add(configure);
        }

        if (!_isOn && (isDevelopment || IsAllowed()))
        {
            TurnOn(services);
            services.TryAddSingleton(provider => new AccessEmulator(
                provider.GetRequiredService<IOptions<AccessEmulatorOptions>>().Value,
                provider.GetService<TimeProvider>()));
        }
    }

    /// <summary>Uses an emulator that exists already, in place of one that the application would make.</summary>
    /// <exception cref="InvalidOperationException">It may not run outside Development.</exception>
    public void Use(IServiceCollection services, AccessEmulator emulator)
    {
        if (!isDevelopment && !emulator.AllowOutsideDevelopment)
        {
            throw new InvalidOperationException(
                "The Cloudflare Access emulator lets anyone in as anyone, and this is not Development. Call UseEnvironment(\"Development\"), or "
                + "set AllowOutsideDevelopment in the options of this emulator.");
        }

        if (!_isOn)
        {
            TurnOn(services);
        }

        services.RemoveAll<AccessEmulator>();
        services.AddSingleton(emulator);
        foreach (var part in emulator.Parts.All)
        {
            part.AddServices(services);
        }
    }

    private static void RootFiles(AccessEmulatorOptions options, IHostEnvironment environment) =>
        options.Parts.ForEach(part => part.RootFiles(environment.ContentRootPath));

    private bool IsAllowed()
    {
        var options = new AccessEmulatorOptions();
        Apply(options);
        return options.AllowOutsideDevelopment;
    }

    private void Apply(AccessEmulatorOptions options) => _configure.ForEach(configure => configure(options));

    private void TurnOn(IServiceCollection services)
    {
        _isOn = true;
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<AccessEmulatorOptions>, ReadEmulatorSettings>());
        services.AddOptions<AccessEmulatorOptions>().Configure(Apply).PostConfigure<IHostEnvironment>(RootFiles).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AccessEmulatorOptions>, ValidateAccessEmulatorOptions>());

        _whenOn.ForEach(add => add(services));
        services.AddSingleton<IPostConfigureOptions<CloudflareAccessOptions>, PointSchemesAtEmulator>();
        services.AddSingleton<IValidateOptions<CloudflareAccessOptions>, SchemesMeetApplications>();

        // There is one team now, whatever the application named.
        services.PostConfigure<CloudflareAccessExternalEvaluationOptions>(options => options.Team = null);
        StandBeforeNetwork(services, CloudflareAccessDefaults.KeysHttpClient);
        StandBeforeNetwork(services, CloudflareAccessDefaults.IdentityHttpClient);

        AddEndpoints(services);
        services.AddHostedService<StartBanner>();

        // The first filter is the outermost: before it, forwarded headers could change whom the peer seems to be.
        services.Insert(0, ServiceDescriptor.Singleton<IStartupFilter, EdgeStartupFilter>());
    }
}
