using CfAccess.AspNetCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CfAccess.Emulator.Setup;

/// <summary>Stops the start when no application of the emulator makes tokens that a scheme accepts: nobody could ever log in.</summary>
internal sealed class SchemesMeetApplications(IServiceProvider services) : IValidateOptions<CloudflareAccessOptions>
{
    public ValidateOptionsResult Validate(string? name, CloudflareAccessOptions options)
    {
        IReadOnlyList<string> tags;
        try
        {
            tags = services.GetRequiredService<AccessEmulator>().Audiences;
        }
        catch (OptionsValidationException)
        {
            // The emulator's own options stop the start with their own message; this scheme need not add to it.
            return ValidateOptionsResult.Skip;
        }

        return options.Audiences.Intersect(tags, StringComparer.Ordinal).Any()
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"Authentication:Schemes:{name}:Audiences has no AUD tag of the emulator's applications ({string.Join(", ", tags)}), so that it "
                + $"would refuse every token. Add one of these, or leave Audience out of an application in "
                + $"{AccessEmulatorDefaults.ConfigurationSection}:Applications, which then follows the app.");
    }
}
