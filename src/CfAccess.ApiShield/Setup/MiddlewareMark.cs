using Microsoft.AspNetCore.Builder;

namespace CfAccess.ApiShield.Setup;

/// <summary>Remembers where the middleware was put into a pipeline.</summary>
internal sealed class MiddlewareMark
{
    private readonly List<PipelinePlace> _places = [];

    public IReadOnlyList<PipelinePlace> Places => _places;

    public bool IsUsed => _places.Count > 0;

    public void Add(IApplicationBuilder app) => _places.Add(new(app));
}
