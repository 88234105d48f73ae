using System.Net;
using CfAccess.AspNetCore;
using CfAccess.Benchmarks.Parties;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.Benchmarks.Serve;

/// <summary>The verb <c>serve</c>, which a comparison runs in processes of their own: one party on Kestrel, until its standard input ends.</summary>
internal static class ServeCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        var order = ServeOrder.Parse(args);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        if (order.LogFile.Length > 0)
        {
            builder.Logging.SetMinimumLevel(LogLevel.Information).AddProvider(new FileLog(order.LogFile));
        }

        builder.Services.AddRouting();
        builder.Services.AddParty(order.Party, order.Issuer, await KeysAsync(order), options =>
        {
            options.AllowCustomTeamDomain = true;
            options.Keys.Prewarm = order.Prewarms ? CloudflareAccessPrewarm.FailFast : CloudflareAccessPrewarm.Off;
        });

        await using var app = builder.Build();
        app.UseRouting();
        var me = app.MapGet("/me", () => "Hello");
        if (order.Party != Party.Bare)
        {
            app.UseAuthentication();
            app.UseAuthorization();
            me.RequireAuthorization();
        }

        await app.StartAsync();
        Console.WriteLine(app.Urls.Single());
        await Console.In.ReadToEndAsync();
        return 0;
    }

    /// <summary>The keys that the peer is given; this project fetches its own.</summary>
    private static async Task<IEnumerable<SecurityKey>> KeysAsync(ServeOrder order)
    {
        if (order.Party != Party.JwtBearer)
        {
            return [];
        }

        using var client = new HttpClient();
        return new JsonWebKeySet(await client.GetStringAsync(order.Issuer + CloudflareAccessDefaults.KeySetPath)).GetSigningKeys();
    }
}
