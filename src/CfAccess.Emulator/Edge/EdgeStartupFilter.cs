using CfAccess.Emulator.Endpoints;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace CfAccess.Emulator.Edge;

/// <summary>Puts the edge before all that the application does with a request.</summary>
internal sealed class EdgeStartupFilter(AccessEmulator emulator, AccessEndpoints endpoints) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        foreach (var part in emulator.Parts.All)
        {
            part.CheckServices(app.ApplicationServices);
        }

        if (emulator.HasEdge)
        {
            app.Use(application => new EdgeMiddleware(application, emulator, endpoints).InvokeAsync);
        }

        next(app);
    };
}
