using Microsoft.Extensions.Options;

namespace CfAccess.AspNetCore.Teams;

/// <summary>Remembers the teams of the application's own settings before anything replaces them in Development.</summary>
internal sealed class RememberConfiguredTeams : IPostConfigureOptions<CloudflareAccessOptions>
{
    public void PostConfigure(string? name, CloudflareAccessOptions options) => options.ConfiguredTeams = [.. options.TeamsInEffect()];
}
