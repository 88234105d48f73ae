using CfAccess.Emulator.Endpoints;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Options;

namespace CfAccess.Emulator.Edge;

/// <summary>Puts the edge before all that the application does with a request.</summary>
internal sealed class EdgeStartupFilter(AccessEmulator emulator, AccessEndpoints endpoints, IOptions<AccessEmulatorOptions> options)
    : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        if (options.Value.Edge)
        {
            app.Use(application => new EdgeMiddleware(application, emulator, endpoints).InvokeAsync);
        }

        next(app);
    };
}
