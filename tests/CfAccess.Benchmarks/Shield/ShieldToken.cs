using CfAccess.Benchmarks.Compare;
using CfAccess.Benchmarks.Parties;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.Benchmarks.Shield;

/// <summary>Requests with a valid RS256 token: the whole middleware against the token handler alone.</summary>
internal static class ShieldToken
{
    private const string Ours = "API Shield";
    private const string Peer = "JsonWebTokenHandler";
    private const int Count = 200;
    private const int Turns = 61;

    public static IEnumerable<Measurement> Run()
    {
        var token = BenchTeam.Person(0);
        using var app = Build();
        var shield = Pipeline(app);
        var (handler, parameters) = (new JsonWebTokenHandler(), Parameters());
        var (method, host, path) = ShieldDocuments.Request(5);
        var header = "Bearer " + token;

        void Send()
        {
            var context = new DefaultHttpContext { RequestServices = app };
            (context.Request.Method, context.Request.Host, context.Request.Path) = (method, new(host), path);
            context.Request.Headers.Authorization = header;
            shield(context).GetAwaiter().GetResult();
            Want(context.Response.StatusCode == StatusCodes.Status204NoContent);
        }

        void Validate() => Want(handler.ValidateTokenAsync(token, parameters).GetAwaiter().GetResult().IsValid);

        var rounds = Rounds.Take(
            Turns, (Ours, () => Clock.Microseconds(Count, _ => Send())), (Peer, () => Clock.Microseconds(Count, _ => Validate())));
        yield return new("valid RS256 token, whole request", $"time of {Peer}", string.Empty, rounds.Ratio(Ours, Peer), ShieldTargets.ValidToken, rounds.All);
    }

    private static ServiceProvider Build()
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        services.AddSingleton<Microsoft.Extensions.Configuration.IConfiguration>(new Microsoft.Extensions.Configuration.ConfigurationManager());
        services.AddSingleton<Microsoft.Extensions.Hosting.IHostEnvironment>(
            new Microsoft.Extensions.Hosting.Internal.HostingEnvironment { ContentRootPath = AppContext.BaseDirectory });
        services.AddApiShield(options => ShieldDocuments.GiveTo(options, 1_000));
        return services.BuildServiceProvider();
    }

    private static RequestDelegate Pipeline(IServiceProvider services)
    {
        var app = new ApplicationBuilder(services);
        app.UseApiShield();
        app.Run(context =>
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        });
        return app.Build();
    }

    private static TokenValidationParameters Parameters() => new()
    {
        IssuerSigningKeys = [.. BenchTeam.SecurityKeys],
        TryAllIssuerSigningKeys = false,
        ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
        ValidateIssuer = false,
        ValidateAudience = false,
    };

    private static void Want(bool condition)
    {
        if (!condition)
        {
            throw new InvalidOperationException("A valid token was refused.");
        }
    }
}
