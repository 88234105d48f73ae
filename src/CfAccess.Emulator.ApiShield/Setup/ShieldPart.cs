using System.Globalization;
using CfAccess.ApiShield;
using CfAccess.Emulator.ApiShield.Api;
using CfAccess.Emulator.ApiShield.Evaluating;
using CfAccess.Emulator.ApiShield.Pages;
using CfAccess.Emulator.ApiShield.Zone;
using CfAccess.Emulator.Parts;
using CfAccess.Emulator.Setup;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CfAccess.Emulator.ApiShield.Setup;

/// <summary>The API of API Shield as a part of an emulator.</summary>
internal sealed class ShieldPart(AccessEmulator emulator, ShieldStore store) : EmulatorPart
{
    private readonly ShieldApi _api = new(emulator, store);

    public ShieldStore Store => store;

    public override IEnumerable<(string Title, string Content)> Dashboard =>
        [("API Shield", ShieldDashboard.Rules(store)), ("Last verdicts", ShieldDashboard.Verdicts(store))];

    /// <summary>What an application behind the emulator needs.</summary>
    public static void AddTo(IServiceCollection services) =>
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<ApiShieldOptions>, PointApiShieldAtEmulator>());

    public override void AddServices(IServiceCollection services) => AddTo(services);

    public override void CheckServices(IServiceProvider services)
    {
        if (!services.GetServices<IPostConfigureOptions<ApiShieldOptions>>().OfType<PointApiShieldAtEmulator>().Any())
        {
            throw new InvalidOperationException(
                "The options of the Cloudflare Access emulator have API Shield, but the application would not enforce its rules. "
                + "Call builder.AddCloudflareAccessEmulatorApiShield() instead of options.AddApiShield().");
        }
    }

    /// <summary>As lines for a shell, by the name that Cloudflare's own tools know the secret by. Any zone is the one zone that there is.</summary>
    public override string Banner(ListeningAddress address) => string.Create(CultureInfo.InvariantCulture, $"""
          API Shield, as Cloudflare's API has it
            export CLOUDFLARE_API_TOKEN={emulator.MintSecret}
            zone={address.Url}{ShieldApi.Prefix}/zones/{new string('0', 32)}
            {address.Curl} -H "Authorization: Bearer $CLOUDFLARE_API_TOKEN" $zone/token_validation/rules

        """).ReplaceLineEndings();

    public override RequestDelegate? Find(PathString path) =>
        path.StartsWithSegments(ShieldApi.Prefix, StringComparison.Ordinal, out var route) ? context => _api.AnswerAsync(context, route) : null;

    public override void Observe(HttpContext context)
    {
        if (context.GetTokenValidation() is { } found)
        {
            store.Verdicts.Add(VerdictEntry.From(found, emulator.Clock.GetUtcNow(), isAsked: false));
        }
    }
}
