using Microsoft.AspNetCore.Http;

namespace CfAccess.Emulator.Parts;

/// <summary>The parts of an emulator that companion packages add.</summary>
internal sealed class EmulatorParts(IReadOnlyList<EmulatorPart> all)
{
    public IReadOnlyList<EmulatorPart> All => all;

    /// <returns>The part of this type; null if the emulator does not have it.</returns>
    public T? Get<T>()
        where T : EmulatorPart => all.OfType<T>().FirstOrDefault();

    /// <returns>What responds to a request for this path; null if the path does not belong to a part.</returns>
    public RequestDelegate? Find(PathString path)
    {
        foreach (var part in all)
        {
            if (part.Find(path) is { } endpoint)
            {
                return endpoint;
            }
        }

        return null;
    }

    /// <summary>Has every part see a request after the application has responded.</summary>
    public void Observe(HttpContext context)
    {
        foreach (var part in all)
        {
            part.Observe(context);
        }
    }
}
