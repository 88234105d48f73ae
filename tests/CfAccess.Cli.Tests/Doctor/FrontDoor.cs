using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CfAccess.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.Cli.Tests.Doctor;

/// <summary>A server on a free port of loopback that answers as a test tells it to: an application behind Access, or its origin.</summary>
internal sealed class FrontDoor : TestApp
{
    private FrontDoor(Action<WebApplicationBuilder> build, RequestDelegate answer, Action<WebApplication>? use)
        : base(build, use, listens: true) => App.Run(answer);

    public static Task<FrontDoor> OpenAsync(
        RequestDelegate answer, bool isTls = false, Action<IServiceCollection>? add = null, Action<WebApplication>? use = null) => StartAsync(new FrontDoor(
            builder =>
            {
                if (isTls)
                {
                    builder.WebHost.UseKestrelHttpsConfiguration()
                        .ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(listen => listen.UseHttps(Certificate())));
                }

                add?.Invoke(builder.Services);
            },
            answer,
            use));

    /// <summary>Answers with the status alone.</summary>
    public static RequestDelegate Status(int status) => context =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    public static RequestDelegate Redirect(string location) => context =>
    {
        context.Response.Redirect(location);
        return Task.CompletedTask;
    };

    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=origin", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }
}
