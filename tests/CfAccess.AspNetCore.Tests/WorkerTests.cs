using CfAccess.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CfAccess.AspNetCore.Tests;

/// <summary>An application that validates tokens without a scheme, with a web server or without one.</summary>
public sealed class WorkerTests
{
    [Fact]
    public async Task A_worker_without_any_web_server_has_it_too()
    {
        var clock = new TestClock();
        using var endpoint = new KeysEndpoint(TestKey.Get("current"));
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = "Production" });
        builder.Configuration.AddInMemoryCollection(
        [
            new("Authentication:Schemes:CloudflareAccess:TeamDomain", "acme"),
            new("Authentication:Schemes:CloudflareAccess:Audiences:0", TestTeam.Audience),
        ]);
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddCloudflareAccessKeys();
        builder.Services.AddEndpoint(CloudflareAccessDefaults.KeysHttpClient, endpoint);
        using var worker = builder.Build();
        await worker.StartAsync(TestContext.Current.CancellationToken);
        var validator = worker.Services.GetRequiredService<ICloudflareAccessTokenValidator>();

        (await validator.ValidateAsync(new TokenMinter(clock).MintPerson(), cancellationToken: TestContext.Current.CancellationToken)).Succeeded.ShouldBeTrue();
        worker.Services.GetService<IDataProtectionProvider>().ShouldBeNull();
        await worker.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_web_application_that_only_validates_tokens_starts()
    {
        await using var app = await TestApp.StartAsync(
            builder => builder.Services.AddCloudflareAccessKeys(TestTeam.Trust), app => app.MapGet("/", () => "open"));

        app.Services.GetService<IDataProtectionProvider>().ShouldBeNull();
        (await app.Client.GetStringAsync("/", TestContext.Current.CancellationToken)).ShouldBe("open");
    }

    [Theory]
    [InlineData("Keys")]
    [InlineData("Identity")]
    public async Task A_worker_that_shares_needs_data_protection_and_is_told_how_to_add_it(string shared)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = "Production" });
        builder.Configuration.AddInMemoryCollection(
        [
            new("Authentication:Schemes:CloudflareAccess:TeamDomain", "acme"),
            new("Authentication:Schemes:CloudflareAccess:Audiences:0", TestTeam.Audience),
            new($"Authentication:Schemes:CloudflareAccess:{shared}:Shared", "true"),
        ]);
        builder.Services.AddDistributedMemoryCache().AddCloudflareAccessKeys();
        using var worker = builder.Build();

        var exception = await Should.ThrowAsync<OptionsValidationException>(() => worker.StartAsync(TestContext.Current.CancellationToken));

        exception.Message.ShouldContain($"Authentication:Schemes:CloudflareAccess:{shared}:Shared is true, but the application has no Data Protection.");
        exception.Message.ShouldContain("AddDataProtection()");
    }

    [Fact]
    public async Task A_worker_with_wrong_settings_does_not_start()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = "Production" });
        builder.Services.AddCloudflareAccessKeys();
        using var worker = builder.Build();

        var exception = await Should.ThrowAsync<OptionsValidationException>(() => worker.StartAsync(TestContext.Current.CancellationToken));
        exception.Message.ShouldContain("Authentication:Schemes:CloudflareAccess:TeamDomain is missing");
    }
}
