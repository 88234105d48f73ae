using CfAccess.Emulator.Endpoints;
using CfAccess.Emulator.Pages;
using CfAccess.Emulator.Setup;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CfAccess.Emulator;

/// <summary>
/// The emulator on its own: a server that has the team's endpoints and makes tokens, for applications in other processes and in other
/// languages. A .NET application trusts it by <c>TeamDomain</c> and <c>AllowCustomTeamDomain</c>.
/// </summary>
public sealed class AccessEmulatorHost : IAsyncDisposable
{
    private readonly WebApplication _server;

    private AccessEmulatorHost(WebApplication server, AccessEmulator emulator, Uri address) =>
        (_server, Emulator, Address) = (server, emulator, address);

    /// <summary>The emulator.</summary>
    public AccessEmulator Emulator { get; }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Starts it, with the people of <paramref name="configure"/> and fresh keys.</summary>
    /// <param name="configure">Changes the options. The issuer is the address, unless it is set here.</param>
    /// <param name="address">
    /// Where it listens: an <c>http</c> origin; port 0 takes a free one, of <c>127.0.0.1</c> only. Default:
    /// <see cref="AccessEmulatorDefaults.HostAddress"/>, which only this machine reaches.
    /// </param>
    /// <param name="configuration">
    /// Where the section <c>CloudflareAccess:Emulator</c> is read from, before <paramref name="configure"/>. Default: none.
    /// </param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="FormatException">The address is none.</exception>
    /// <exception cref="ArgumentException">The address is not one of this machine alone, and no issuer is set.</exception>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">The options are wrong.</exception>
    /// <exception cref="InvalidDataException">A file of a companion package cannot be read, or is wrong.</exception>
    /// <exception cref="IOException">The address is in use.</exception>
    public static async Task<AccessEmulatorHost> StartAsync(
        Action<AccessEmulatorOptions>? configure = null,
        string address = AccessEmulatorDefaults.HostAddress,
        IConfiguration? configuration = null,
        CancellationToken cancellationToken = default)
    {
        var options = new AccessEmulatorOptions();
        if (configuration is not null)
        {
            new ReadEmulatorSettings(configuration).Configure(options);
        }

        configure?.Invoke(options);
        ValidateAccessEmulatorOptions.ThrowIfWrong(options);
        var hasIssuer = options.Issuer != AccessEmulatorDefaults.Issuer;
        if (!hasIssuer && !(Uri.TryCreate(address, UriKind.Absolute, out var wanted) && (wanted.IsLoopback || wanted.Host.EndsWith(".localhost", StringComparison.Ordinal))))
        {
            throw new ArgumentException(
                $"The address {address} is not one of this machine alone, so that it cannot be the issuer too. Set Issuer to the origin that "
                + "applications call it by, such as http://emulator:5090.",
                nameof(address));
        }

        var emulator = new Lazy<AccessEmulator>(() => new AccessEmulator(options));
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(address);
        builder.Services.AddSingleton(_ => emulator.Value);
        EmulatorRegistration.AddEndpoints(builder.Services, isAlone: true);
        var server = builder.Build();
        try
        {
            var listens = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            server.Run(async context =>
            {
                await listens.Task.ConfigureAwait(false);
                await AnswerAsync(context).ConfigureAwait(false);
            });
            await server.StartAsync(cancellationToken).ConfigureAwait(false);

            // Only now is a free port known, which the issuer names.
            var origin = new Uri(server.Urls.First());
            if (!hasIssuer)
            {
                options.Issuer = origin.GetLeftPart(UriPartial.Authority);
            }

            listens.SetResult();
            options.Output?.Write(BannerText.OfHost(emulator.Value, server.Urls.First()));
            return new(server, emulator.Value, origin);
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Waits until it is told to end, by Ctrl+C or by a signal.</summary>
    /// <param name="cancellationToken">Ends it too.</param>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken = default) => _server.WaitForShutdownAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync().ConfigureAwait(false);
        Emulator.Dispose();
    }

    private static Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments(AccessPaths.Prefix, StringComparison.Ordinal, out var endpoint))
        {
            return context.RequestServices.GetRequiredService<AccessEndpoints>().AnswerAsync(context, endpoint);
        }

        if (context.RequestServices.GetRequiredService<AccessEmulator>().Parts.Find(context.Request.Path) is { } respond)
        {
            return respond(context);
        }

        if (context.Request.Path != "/")
        {
            return Answers.PageAsync(context, StatusCodes.Status404NotFound, MessagePage.NothingHere());
        }

        context.Response.Redirect(AccessPaths.Dashboard);
        return Task.CompletedTask;
    }
}
