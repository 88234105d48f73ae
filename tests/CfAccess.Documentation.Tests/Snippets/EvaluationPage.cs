using CfAccess.Emulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.Documentation.Tests.Snippets;

/// <summary>What the page on External Evaluation shows beside its main code.</summary>
internal static class EvaluationPage
{
    public static void KeepKeyRing(WebApplicationBuilder builder)
    {
        builder.Services.AddDataProtection().SetApplicationName("your-app").PersistKeysToFileSystem(new DirectoryInfo("/var/lib/your-app/key-ring"));
    }

    public static void AskInProcess(IServiceCollection services)
    {
        services.AddHttpClient(AccessEmulatorDefaults.ExternalEvaluationHttpClient)
            .ConfigurePrimaryHttpMessageHandler(provider => ((TestServer)provider.GetRequiredService<IServer>()).CreateHandler());
    }
}
