using CfAccess.AspNetCore;
using CfAccess.Emulator.Edge;
using CfAccess.Emulator.Setup;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CfAccess.Emulator.Tests.Setup;

public sealed class RegistrationTests
{
    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    [InlineData("Test")]
    public void Outside_Development_nothing_is_registered_but_the_notice(string environment)
    {
        var builder = Builder(environment);
        var before = builder.Services.ToList();

        builder.AddCloudflareAccessEmulator(options => options.Edge = true);

        builder.Services.Except(before).Select(service => service.ImplementationType ?? service.ServiceType)
            .ShouldBe([typeof(EmulatorRegistration), typeof(StartNotice)]);
    }

    [Fact]
    public async Task Outside_Development_one_line_says_so()
    {
        var builder = Builder("Production");
        var lines = Capture(builder);
        builder.AddCloudflareAccessEmulator().AddCloudflareAccessEmulator();
        using var host = builder.Build();

        await host.StartAsync(TestContext.Current.CancellationToken);

        lines.Where(line => line.Contains("Access emulator")).ShouldHaveSingleItem()
            .ShouldStartWith("Information: The Cloudflare Access emulator is off outside Development");
    }

    [Fact]
    public async Task Code_can_allow_it_and_is_warned()
    {
        var builder = Builder("Production");
        var lines = Capture(builder);
        builder.AddCloudflareAccessEmulator();
        builder.AddCloudflareAccessEmulator(options => options.AllowOutsideDevelopment = true);
        using var host = builder.Build();

        await host.StartAsync(TestContext.Current.CancellationToken);

        host.Services.GetService<AccessEmulator>().ShouldNotBeNull();
        lines.Where(line => line.Contains("Access emulator")).ShouldHaveSingleItem().ShouldStartWith("Warning:");
    }

    [Fact]
    public async Task An_environment_that_changes_after_the_call_stops_the_start()
    {
        var builder = Builder("Development");
        builder.AddCloudflareAccessEmulator();
        builder.Environment.EnvironmentName = "Production";
        using var host = builder.Build();

        (await Should.ThrowAsync<InvalidOperationException>(() => host.StartAsync(TestContext.Current.CancellationToken)))
            .Message.ShouldContain("the environment is Production now");
    }

    [Fact]
    public void A_second_call_only_adds_its_configuration()
    {
        var builder = Builder("Development");
        builder.AddCloudflareAccessEmulator(options => options.SessionDuration = TimeSpan.FromHours(1));
        var count = builder.Services.Count;

        builder.AddCloudflareAccessEmulator(options => options.Edge = false);

        builder.Services.Count.ShouldBe(count);
        using var host = builder.Build();
        var options = host.Services.GetRequiredService<IOptions<AccessEmulatorOptions>>().Value;
        (options.SessionDuration, options.Edge).ShouldBe((TimeSpan.FromHours(1), false));
    }

    [Fact]
    public void Every_scheme_is_pointed_at_the_emulator_and_keeps_its_audiences()
    {
        var builder = Builder("Development");
        builder.AddCloudflareAccessEmulator();
        builder.Services.Configure<CloudflareAccessOptions>("one", options =>
        {
            options.TeamDomain = "acme";
            options.Audiences = ["tag-1"];
        });
        builder.Services.Configure<CloudflareAccessOptions>("many", options => options.Teams =
        [
            new() { TeamDomain = "acme", Audiences = ["tag-1", "tag-2"] },
            new() { TeamDomain = "partner", Audiences = ["tag-3"], GroupsClaim = "teams" },
        ]);
        using var host = builder.Build();
        var monitor = host.Services.GetRequiredService<IOptionsMonitor<CloudflareAccessOptions>>();

        var (one, many, none) = (monitor.Get("one"), monitor.Get("many"), monitor.Get("none"));

        foreach (var options in new[] { one, many, none })
        {
            options.TeamDomain.ShouldBe(AccessEmulatorDefaults.Issuer);
            options.AllowCustomTeamDomain.ShouldBeTrue();
            options.Teams.ShouldBeEmpty();
        }

        one.Audiences.ShouldBe(["tag-1"]);
        many.Audiences.ShouldBe(["tag-1", "tag-2", "tag-3"]);
        many.GroupsClaim.ShouldBe("teams");
        none.Audiences.ShouldBe([AccessEmulatorDefaults.Audience]);
        host.Services.GetRequiredService<AccessEmulator>().Audiences
            .ShouldBe(["tag-1", "tag-2", "tag-3", AccessEmulatorDefaults.Audience]);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("groups", false)]
    public void The_first_team_with_groups_tells_where_they_come_from(string? claim, bool fromIdentity)
    {
        var builder = Builder("Development");
        builder.Services.AddCloudflareAccess(options => options.Teams =
        [
            new() { TeamDomain = "acme", Audiences = ["tag-1"] },
            new() { TeamDomain = "partner", Audiences = ["tag-2"], GroupsClaim = claim, GroupsFromIdentity = fromIdentity },
            new() { TeamDomain = "other", Audiences = ["tag-3"], GroupsClaim = claim is null ? "teams" : null, GroupsFromIdentity = !fromIdentity && claim is null },
        ]);
        builder.AddCloudflareAccessEmulator();
        using var host = builder.Build();

        var options = host.Services.GetRequiredService<IOptionsMonitor<CloudflareAccessOptions>>().Get(CloudflareAccessDefaults.AuthenticationScheme);

        (options.GroupsClaim, options.GroupsFromIdentity).ShouldBe((claim, fromIdentity));
    }

    [Fact]
    public void Only_the_primary_handlers_of_the_named_clients_change()
    {
        var builder = Builder("Development");
        builder.AddCloudflareAccessEmulator();
        builder.Services.AddHttpClient(CloudflareAccessDefaults.KeysHttpClient);
        builder.Services.AddHttpClient(CloudflareAccessDefaults.IdentityHttpClient);
        builder.Services.AddHttpClient("other");
        using var host = builder.Build();
        var options = host.Services.GetRequiredService<IOptionsMonitor<HttpClientFactoryOptions>>();

        foreach (var client in new[] { CloudflareAccessDefaults.KeysHttpClient, CloudflareAccessDefaults.IdentityHttpClient })
        {
            options.Get(client).HttpMessageHandlerBuilderActions.Count
                .ShouldBe(options.Get("other").HttpMessageHandlerBuilderActions.Count + 1);
        }
    }

    [Fact]
    public void The_edge_stands_before_every_other_startup_filter()
    {
        var builder = Builder("Development");
        builder.Services.AddSingleton<IStartupFilter, OtherFilter>();

        builder.AddCloudflareAccessEmulator();

        builder.Services.First(service => service.ServiceType == typeof(IStartupFilter)).ImplementationType.ShouldBe(typeof(EdgeStartupFilter));
    }

    private static HostApplicationBuilder Builder(string environment) => Host.CreateEmptyApplicationBuilder(new() { EnvironmentName = environment });

    private static List<string> Capture(HostApplicationBuilder builder)
    {
        var lines = new List<string>();
        builder.Logging.AddProvider(new ListLogger(lines));
        return lines;
    }

    private sealed class OtherFilter : IStartupFilter
    {
        public Action<Microsoft.AspNetCore.Builder.IApplicationBuilder> Configure(
            Action<Microsoft.AspNetCore.Builder.IApplicationBuilder> next) => next;
    }

    private sealed class ListLogger(List<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public void Dispose()
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel level, EventId id, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Add($"{level}: {formatter(state, exception)}");
    }
}
