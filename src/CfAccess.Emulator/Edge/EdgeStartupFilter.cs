using CfAccess.Emulator.Endpoints;
using CfAccess.Emulator.Shield;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace CfAccess.Emulator.Edge;

/// <summary>Puts the edge before all that the application does with a request.</summary>
internal sealed class EdgeStartupFilter(AccessEmulator emulator, AccessEndpoints endpoints, ShieldApi shield) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        if (emulator.HasEdge)
        {
            app.Use(application => new EdgeMiddleware(application, emulator, endpoints, shield).InvokeAsync);
        }

        next(app);
    };
}
