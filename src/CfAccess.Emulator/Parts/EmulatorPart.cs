using CfAccess.Emulator.Setup;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.Emulator.Parts;

/// <summary>A part of an emulator that a companion package adds.</summary>
internal abstract class EmulatorPart
{
    /// <summary>The sections of the dashboard: titles, and HTML.</summary>
    public abstract IEnumerable<(string Title, string Content)> Dashboard { get; }

    /// <summary>The lines for the console at start; empty for none.</summary>
    public abstract string Banner(ListeningAddress address);

    /// <returns>What responds to a request for this path; null if the path does not belong to the part.</returns>
    public abstract RequestDelegate? Find(PathString path);

    /// <summary>Sees a request after the application has responded.</summary>
    public abstract void Observe(HttpContext context);

    /// <summary>Adds what an application behind the emulator needs for the part. Several calls have the effect of one.</summary>
    public abstract void AddServices(IServiceCollection services);

    /// <summary>Checks that an application behind the emulator has the services of the part.</summary>
    /// <exception cref="InvalidOperationException">The application does not have them, so the part would have no effect there.</exception>
    public abstract void CheckServices(IServiceProvider services);
}
