using CfAccess.ApiShield;
using CfAccess.Cli.Emulate;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CfAccess.Cli.Rules;

/// <summary>API Shield, put together as an application puts it together, by the settings of a file.</summary>
internal sealed class RuleSession : IDisposable
{
    private readonly IHost _host;

    private RuleSession(IHost host) => _host = host;

    /// <exception cref="ApiShieldDocumentException">The documents are wrong.</exception>
    public ApiShieldRuleSet Rules => _host.Services.GetRequiredService<ApiShieldRuleSetProvider>().Current;

    /// <param name="file">An <c>appsettings.json</c>; the paths in it are below its folder, as below an application's.</param>
    /// <param name="clock">The time that tokens are judged by.</param>
    /// <exception cref="CliException">The settings are wrong.</exception>
    public static RuleSession Open(string file, TimeProvider clock)
    {
        var configuration = SectionFile.Read(file, ApiShieldDefaults.ConfigurationSection);
        var builder = Host.CreateEmptyApplicationBuilder(new()
        {
            EnvironmentName = Environments.Production,
            ContentRootPath = Path.GetDirectoryName(Path.GetFullPath(file)),
        });
        builder.Configuration.AddConfiguration(configuration);
        builder.Services.AddSingleton(clock);
        builder.Services.AddApiShield(options => options.ReloadOnChange = false);
        var host = builder.Build();
        try
        {
            _ = host.Services.GetRequiredService<IOptions<ApiShieldOptions>>().Value;
            return new(host);
        }
        catch (OptionsValidationException exception)
        {
            host.Dispose();
            throw CliException.WrongUse(string.Join(' ', exception.Message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)));
        }
    }

    /// <summary>Evaluates a request as the middleware of the application would.</summary>
    public ApiShieldTokenValidation Evaluate(HttpContext context) =>
        Rules.Evaluate(context, _host.Services.GetRequiredService<IOptions<ApiShieldOptions>>().Value, _host.Services.GetRequiredService<TimeProvider>());

    public void Dispose() => _host.Dispose();
}
