using CfAccess.ApiShield;
using CfAccess.Emulator.ApiShield.Setup;
using CfAccess.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CfAccess.Emulator.ApiShield.Tests.Setup;

/// <summary>The line that adds the API, and the settings that it reads.</summary>
public sealed class RegistrationTests
{
    private const string Section = "CloudflareAccess:Emulator:ApiShield";

    [Fact]
    public async Task One_line_turns_the_emulator_and_the_API_on()
    {
        await using var app = await StartAsync(builder => builder.AddCloudflareAccessEmulatorApiShield());

        Find(app).ShouldNotBeNull();
        SourceOf(app).ShouldBe(Find(app)!.Store.Source);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_is_called_before_or_after_the_line_of_the_emulator(bool isFirst)
    {
        await using var app = await StartAsync(builder =>
        {
            _ = isFirst ? builder.AddCloudflareAccessEmulatorApiShield() : builder;
            builder.AddCloudflareAccessEmulator();
            _ = isFirst ? builder : builder.AddCloudflareAccessEmulatorApiShield();
        });

        SourceOf(app).ShouldBe(Find(app).ShouldNotBeNull().Store.Source);
    }

    [Fact]
    public async Task A_setting_turns_it_off_and_code_wins()
    {
        await using var off = await StartAsync(builder => Set(builder, ("Enabled", "false")).AddCloudflareAccessEmulatorApiShield());
        await using var on = await StartAsync(
            builder => Set(builder, ("Enabled", "false")).AddCloudflareAccessEmulatorApiShield(shield => shield.Enabled = true));

        Find(off).ShouldBeNull();
        SourceOf(off).ShouldBeNull();
        Find(on).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("Enabled", "perhaps", "ApiShield:Enabled is 'perhaps', but has to be true or false")]
    [InlineData("Files", "x.json", "ApiShield:Files is not a setting. Known here: Enabled, File.")]
    [InlineData("File", " ", "ApiShield:File has to be the path of a file")]
    public async Task A_wrong_setting_stops_the_start(string key, string value, string error) =>
        (await Should.ThrowAsync<OptionsValidationException>(
            () => StartAsync(builder => Set(builder, (key, value)).AddCloudflareAccessEmulatorApiShield()))).Message.ShouldContain(error);

    [Fact]
    public async Task Outside_Development_the_documents_stay()
    {
        await using var app = await StartAsync(builder => builder.AddCloudflareAccessEmulatorApiShield(), "Production");

        app.Services.GetService<AccessEmulator>().ShouldBeNull();
        SourceOf(app).ShouldBeNull();
        app.Services.GetServices<IPostConfigureOptions<ApiShieldOptions>>().OfType<PointApiShieldAtEmulator>().ShouldBeEmpty();
    }

    [Fact]
    public async Task It_runs_outside_Development_where_code_allows_the_emulator()
    {
        await using var app = await StartAsync(
            builder =>
            {
                builder.AddCloudflareAccessEmulatorApiShield();
                builder.AddCloudflareAccessEmulator(options => options.AllowOutsideDevelopment = true);
            },
            "Production");

        SourceOf(app).ShouldBe(Find(app).ShouldNotBeNull().Store.Source);
    }

    [Fact]
    public async Task Options_alone_stop_the_start_since_the_application_would_enforce_its_documents() =>
        (await Should.ThrowAsync<InvalidOperationException>(
            () => StartAsync(builder => builder.AddCloudflareAccessEmulator(options => options.AddApiShield()))))
            .Message.ShouldContain("Call builder.AddCloudflareAccessEmulatorApiShield() instead of options.AddApiShield().");

    private static ShieldPart? Find(TestApp app) => app.Services.GetRequiredService<AccessEmulator>().Parts.Get<ShieldPart>();

    private static ApiShieldRuleSetSource? SourceOf(TestApp app) => app.Services.GetRequiredService<IOptions<ApiShieldOptions>>().Value.RuleSetSource;

    private static WebApplicationBuilder Set(WebApplicationBuilder builder, params (string Key, string Value)[] settings)
    {
        builder.Configuration.AddInMemoryCollection(settings.Select(one => KeyValuePair.Create($"{Section}:{one.Key}", (string?)one.Value)));
        return builder;
    }

    private static Task<TestApp> StartAsync(Action<WebApplicationBuilder> build, string environment = "Development") => TestApp.StartAsync(
        builder =>
        {
            builder.Services.AddApiShield(options => options.Configurations = options.Rules = options.Operations = ApiShieldDocumentSource.FromJson("[]"));
            build(builder);
        },
        app => app.UseApiShield(),
        environment: environment);
}
