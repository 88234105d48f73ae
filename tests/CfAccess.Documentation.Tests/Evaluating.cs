using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.Documentation.Tests;

public static class Evaluating
{
    public static void AddEvaluation(this IServiceCollection services)
    {
        services.AddCloudflareAccess();                        // the team whose Access asks
        services.AddCloudflareAccessExternalEvaluation();      // the key store, from CloudflareAccess:ExternalEvaluation
        services.AddScoped<Rota>();
    }

    public static void MapEvaluation(this WebApplication app) =>
        app.MapAccessExternalEvaluation("/access/evaluate", (services, identity, cancellationToken) =>
            services.GetRequiredService<Rota>().IsOnDutyAsync(identity.Email, cancellationToken));
}

public sealed class Rota
{
    private readonly HashSet<string> _onDuty = new(StringComparer.OrdinalIgnoreCase) { "alice@example.com" };

    public Task<bool> IsOnDutyAsync(string email, CancellationToken cancellationToken) => Task.FromResult(_onDuty.Contains(email));
}
