using CfAccess.ApiShield;
using CfAccess.Emulator.ApiShield.Zone;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CfAccess.Emulator.ApiShield.Setup;

/// <summary>Has the application's API Shield enforce the rules of the emulator's API instead of its documents, also of configured ones.</summary>
internal sealed class PointApiShieldAtEmulator(IServiceProvider services) : IPostConfigureOptions<ApiShieldOptions>
{
    public void PostConfigure(string? name, ApiShieldOptions options)
    {
        try
        {
            Point(options, services.GetRequiredService<AccessEmulator>().Parts.Get<ShieldPart>()?.Store.Source);
        }
        catch (OptionsValidationException)
        {
            // The emulator's own options stop the start with their own message; that documents are missing need not add to it.
            Point(options, new(ShieldDocuments.Empty));
        }
    }

    private static void Point(ApiShieldOptions options, ApiShieldRuleSetSource? source)
    {
        if (source is not null)
        {
            (options.RuleSetSource, options.Configurations, options.Rules, options.Operations) = (source, null, null, null);
        }
    }
}
