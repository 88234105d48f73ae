using CfAccess.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CfAccess.AspNetCore.Tests.Configuration;

public sealed class OptionsTests
{
    private const string Path = "Authentication:Schemes:CloudflareAccess:";

    private static readonly (string Key, string Value)[] Minimum = [("TeamDomain", "acme"), ("Audiences:0", TestTeam.Audience)];

    [Fact]
    public void Every_option_binds_from_configuration()
    {
        var options = Bind(
        [
            ("TeamDomain", "acme"), ("Audiences:0", "a"), ("Audiences:1", "b"), ("AllowCustomTeamDomain", "true"), ("TokenSources", "cookie"),
            ("ClockSkew", "00:00:30"), ("MaxTokenLength", "2048"), ("IncludeErrorDetails", "true"),
            ("SaveToken", "true"), ("NameClaimType", "name"), ("RoleClaimType", "role"), ("Keys:RefreshInterval", "02:00:00"),
            ("Keys:Cooldown", "00:00:20"), ("Keys:MaximumStaleness", "2.00:00:00"), ("Keys:RetryDelay", "00:00:05"),
            ("Keys:MaximumRetryDelay", "00:01:00"), ("Keys:FetchTimeout", "00:00:03"), ("Keys:WaitBudget", "00:00:02"),
            ("Keys:MaximumAnswerSize", "4096"), ("Keys:MaximumKeys", "4"), ("Keys:Prewarm", "FailFast"), ("Keys:Shared", "true"),
            ("GroupsFromIdentity", "true"), ("Identity:Load", "AtAuthentication"), ("Identity:Required", "false"),
            ("Identity:CacheDuration", "00:01:00"), ("Identity:Timeout", "00:00:02"), ("Identity:Cooldown", "00:00:04"),
            ("Identity:MaximumAnswerSize", "2048"), ("Identity:MaximumBytes", "80000"), ("Identity:IdentityProviders:0", "okta"),
            ("Identity:Shared", "true"),
            ("TokenCache:Enabled", "false"), ("TokenCache:MaximumEntries", "7"), ("TokenCache:MaximumBytes", "70000"),
            ("TokenCache:TokenValidatedOncePerToken", "true"), ("Challenge:Mode", "RedirectNavigations"), ("Challenge:Audience", "b"),
        ],
        services =>
        {
            services.AddDistributedMemoryCache();
            services.AddCloudflareAccess();
        });

        options.TeamDomain.ShouldBe("acme");
        options.Audiences.ShouldBe(["a", "b"]);
        options.AllowCustomTeamDomain.ShouldBeTrue();
        options.TokenSources.ShouldBe(CloudflareAccessTokenSources.Cookie);
        options.ClockSkew.ShouldBe(TimeSpan.FromSeconds(30));
        options.GroupsFromIdentity.ShouldBeTrue();
        options.Identity.Load.ShouldBe(CloudflareAccessIdentityLoad.AtAuthentication);
        options.Identity.Required.ShouldBeFalse();
        options.Identity.CacheDuration.ShouldBe(TimeSpan.FromMinutes(1));
        options.Identity.Timeout.ShouldBe(TimeSpan.FromSeconds(2));
        options.Identity.Cooldown.ShouldBe(TimeSpan.FromSeconds(4));
        options.Identity.MaximumAnswerSize.ShouldBe(2048);
        options.Identity.MaximumBytes.ShouldBe(80_000);
        options.Identity.IdentityProviders.ShouldBe(["okta"]);
        options.Identity.Shared.ShouldBeTrue();
        options.MaxTokenLength.ShouldBe(2048);
        options.IncludeErrorDetails.ShouldBeTrue();
        options.SaveToken.ShouldBeTrue();
        options.NameClaimType.ShouldBe("name");
        options.RoleClaimType.ShouldBe("role");
        options.Keys.RefreshInterval.ShouldBe(TimeSpan.FromHours(2));
        options.Keys.Cooldown.ShouldBe(TimeSpan.FromSeconds(20));
        options.Keys.MaximumStaleness.ShouldBe(TimeSpan.FromDays(2));
        options.Keys.RetryDelay.ShouldBe(TimeSpan.FromSeconds(5));
        options.Keys.MaximumRetryDelay.ShouldBe(TimeSpan.FromMinutes(1));
        options.Keys.FetchTimeout.ShouldBe(TimeSpan.FromSeconds(3));
        options.Keys.WaitBudget.ShouldBe(TimeSpan.FromSeconds(2));
        options.Keys.MaximumAnswerSize.ShouldBe(4096);
        options.Keys.MaximumKeys.ShouldBe(4);
        options.Keys.Prewarm.ShouldBe(CloudflareAccessPrewarm.FailFast);
        options.Keys.Shared.ShouldBeTrue();
        options.TokenCache.Enabled.ShouldBeFalse();
        options.TokenCache.MaximumEntries.ShouldBe(7);
        options.TokenCache.MaximumBytes.ShouldBe(70_000);
        options.TokenCache.TokenValidatedOncePerToken.ShouldBeTrue();
        options.Challenge.Mode.ShouldBe(CloudflareAccessChallengeMode.RedirectNavigations);
        options.Challenge.Audience.ShouldBe("b");
    }

    [Fact]
    public void The_member_of_custom_that_holds_groups_binds_from_configuration() =>
        Bind([.. Minimum, ("GroupsClaim", "teams")]).GroupsClaim.ShouldBe("teams");

    [Fact]
    public void Teams_bind_from_configuration()
    {
        var teams = Bind(
        [
            ("Teams:0:TeamDomain", "acme"), ("Teams:0:Audiences:0", "a"), ("Teams:0:GroupsClaim", "groups"),
            ("Teams:1:TeamDomain", "partner"), ("Teams:1:Audiences:0", "b"), ("Teams:1:Audiences:1", "c"),
            ("Teams:1:GroupsFromIdentity", "true"),
        ]).Teams;

        teams.Select(team => team.TeamDomain).ShouldBe(["acme", "partner"]);
        teams.Select(team => string.Join(",", team.Audiences)).ShouldBe(["a", "b,c"]);
        teams.Select(team => team.GroupsClaim).ShouldBe(["groups", null]);
        teams.Select(team => team.GroupsFromIdentity).ShouldBe([false, true]);
    }

    [Fact]
    public void Code_wins_over_configuration()
    {
        var options = Bind(Minimum, services => services.AddCloudflareAccess(options =>
        {
            options.TeamDomain = "other";
            options.Audiences = ["mine"];
        }));

        options.TeamDomain.ShouldBe("other");
        options.Audiences.ShouldBe(["mine"]);
    }

    [Fact]
    public void Configure_after_the_call_wins_over_configuration()
    {
        var options = Bind(Minimum, services =>
        {
            services.AddCloudflareAccess();
            services.Configure<CloudflareAccessOptions>("CloudflareAccess", options => options.ClockSkew = TimeSpan.FromSeconds(7));
        });

        options.ClockSkew.ShouldBe(TimeSpan.FromSeconds(7));
    }

    [Theory]
    [MemberData(nameof(OptionMistakes.Rows), MemberType = typeof(OptionMistakes))]
    public async Task A_wrong_setting_stops_the_start_with_one_message_that_names_every_key(string name, string[] settings, string[] messages)
    {
        name.ShouldNotBeEmpty();

        var exception = await Should.ThrowAsync<OptionsValidationException>(() => TestApp.StartAsync(builder =>
        {
            builder.Configuration.AddInMemoryCollection(settings.Select(setting => setting.Split('=', 2))
                .Select(pair => KeyValuePair.Create(Path + pair[0], (string?)pair[1])));
            builder.Services.AddCloudflareAccess();
        }));

        exception.Message.ShouldStartWith("The settings of the Cloudflare Access scheme 'CloudflareAccess' are wrong:");
        exception.Message.Split('\n').Length.ShouldBe(messages.Length + 1);
        messages.ShouldAllBe(message => exception.Message.Contains(message, StringComparison.Ordinal));
        exception.Message.ShouldContain(Path);
    }

    [Fact]
    public async Task Nothing_that_code_sets_to_null_crashes_the_check()
    {
        Action<CloudflareAccessOptions>[] mistakes =
        [
            options => options.Audiences = null!,
            options => options.Keys = null!,
            options => options.TokenCache = null!,
            options => options.Challenge = null!,
            options => (options.TeamDomain, options.Audiences, options.Teams) = (null, [], null!),
            options => (options.TeamDomain, options.Audiences, options.Teams) = (null, [], [null!]),
            options => options.EventsType = typeof(string),
            options => options.Identity = null!,
            options => options.Identity.IdentityProviders = null!,
            options => options.Identity.Load = (CloudflareAccessIdentityLoad)7,
        ];

        foreach (var mistake in mistakes)
        {
            await Should.ThrowAsync<OptionsValidationException>(() => AccessHost.StartAsync(options =>
            {
                options.Keys.Prewarm = CloudflareAccessPrewarm.Off;
                mistake(options);
            }));
        }
    }

    [Theory]
    [InlineData("https://access.example.com", LogLevel.Warning)]
    [InlineData("https://access.example.localhost", LogLevel.Debug)]
    public async Task A_custom_team_domain_is_worth_a_warning_unless_it_cannot_leave_the_machine(string domain, LogLevel level)
    {
        await using var host = await AccessHost.StartAsync(options => (options.AllowCustomTeamDomain, options.TeamDomain) = (true, domain));
        host.Log.Named("CustomTeamDomain").Single().Level.ShouldBe(level);
    }

    [Fact]
    public async Task A_team_on_plain_http_under_localhost_is_worth_a_warning_in_development()
    {
        await using var host = await AccessHost.StartAsync(
            options => (options.AllowCustomTeamDomain, options.TeamDomain) = (true, "http://access.example.localhost"),
            builder => builder.Services.AddSingleton<IHostEnvironment>(new HostingEnvironment { EnvironmentName = Environments.Development }));

        host.Log.Named("CustomTeamDomain").Single().Level.ShouldBe(LogLevel.Warning);
    }

    [Fact]
    public async Task A_custom_team_domain_and_an_unusual_audience_are_warned_of_at_start()
    {
        await using var host = await AccessHost.StartAsync(options =>
        {
            options.AllowCustomTeamDomain = true;
            options.TeamDomain = "https://access.example.com:8443";
            options.Audiences = ["short"];
        });

        host.Log.Named("CustomTeamDomain").Single().Message.ShouldContain("https://access.example.com:8443");
        host.Log.Named("UnusualAudience").Single().Level.ShouldBe(LogLevel.Warning);
    }

    private static CloudflareAccessOptions Bind((string Key, string Value)[] settings, Action<IServiceCollection>? add = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(Path + setting.Key, (string?)setting.Value)));
        (add ?? (services => services.AddCloudflareAccess()))(builder.Services);
        using var app = builder.Services.BuildServiceProvider();
        return app.GetRequiredService<IOptionsMonitor<CloudflareAccessOptions>>().Get(CloudflareAccessDefaults.AuthenticationScheme);
    }
}
