using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.Emulator.Endpoints;

/// <summary>
/// The framework's antiforgery with services of its own, so that the application's antiforgery and data protection stay as they are and
/// no key is written to disk.
/// </summary>
internal sealed class FormAntiforgery : IDisposable
{
    private const string CookieName = "CfAccess.Emulator.Antiforgery";

    private readonly ServiceProvider _services = Services();

    private IAntiforgery Antiforgery => _services.GetRequiredService<IAntiforgery>();

    /// <summary>Sets the cookie, and gives the form field that belongs to it.</summary>
    public (string Name, string Value) Field(HttpContext context)
    {
        var tokens = Antiforgery.GetAndStoreTokens(context);
        return (tokens.FormFieldName, tokens.RequestToken ?? string.Empty);
    }

    public async Task<bool> IsValidAsync(HttpContext context)
    {
        try
        {
            return await Antiforgery.IsRequestValidAsync(context).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is AntiforgeryValidationException or BadHttpRequestException or InvalidDataException)
        {
            // A form that cannot be read, or is too large.
            return false;
        }
    }

    public void Dispose() => _services.Dispose();

    private static ServiceProvider Services()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddAntiforgery(options =>
        {
            // The form field only: with a header the form itself would not be read here, where a broken one is refused.
            options.HeaderName = null;
            options.Cookie.Name = CookieName;
            options.Cookie.Path = AccessPaths.Prefix;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        return services.BuildServiceProvider();
    }
}
