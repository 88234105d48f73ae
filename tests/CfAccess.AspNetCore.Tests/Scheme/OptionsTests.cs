using CfAccess.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CfAccess.AspNetCore.Tests.Scheme;

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
            ("ClockSkew", "00:00:30"), ("GroupsClaim", "teams"), ("MaxTokenLength", "2048"), ("IncludeErrorDetails", "true"),
            ("SaveToken", "true"), ("NameClaimType", "name"), ("RoleClaimType", "role"), ("Keys:RefreshInterval", "02:00:00"),
            ("Keys:Cooldown", "00:00:20"), ("Keys:MaximumStaleness", "2.00:00:00"), ("Keys:RetryDelay", "00:00:05"),
            ("Keys:MaximumRetryDelay", "00:01:00"), ("Keys:FetchTimeout", "00:00:03"), ("Keys:WaitBudget", "00:00:02"),
            ("Keys:MaximumAnswerSize", "4096"), ("Keys:MaximumKeys", "4"), ("Keys:Prewarm", "FailFast"), ("Keys:Shared", "true"),
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
        options.GroupsClaim.ShouldBe("teams");
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
    public void No_option_is_forgotten_when_binding()
    {
        var source = File.ReadAllText(RepositoryFile.Find("src/CfAccess.AspNetCore/CloudflareAccessConfigureOptions.cs"));
        var notBound = new[] { nameof(CloudflareAccessOptions.Events), nameof(CloudflareAccessOptions.Teams), nameof(CloudflareAccessOptions.Keys), nameof(CloudflareAccessOptions.TokenCache), nameof(CloudflareAccessOptions.Challenge) };

        typeof(CloudflareAccessOptions).GetProperties()
            .Where(property => property.DeclaringType == typeof(CloudflareAccessOptions))
            .Concat(typeof(CloudflareAccessKeyOptions).GetProperties())
            .Concat(typeof(CloudflareAccessTokenCacheOptions).GetProperties())
            .Concat(typeof(CloudflareAccessChallengeOptions).GetProperties())
            .Concat(typeof(CloudflareAccessTeam).GetProperties())
            .Select(property => property.Name)
            .Except(notBound)
            .ShouldAllBe(name => source.Contains($".{name} = value", StringComparison.Ordinal));
    }

    [Fact]
    public void Teams_bind_from_configuration()
    {
        var teams = Bind(
        [
            ("Teams:0:TeamDomain", "acme"), ("Teams:0:Audiences:0", "a"), ("Teams:0:GroupsClaim", "groups"),
            ("Teams:1:TeamDomain", "partner"), ("Teams:1:Audiences:0", "b"), ("Teams:1:Audiences:1", "c"),
        ]).Teams;

        teams.Select(team => team.TeamDomain).ShouldBe(["acme", "partner"]);
        teams.Select(team => string.Join(",", team.Audiences)).ShouldBe(["a", "b,c"]);
        teams.Select(team => team.GroupsClaim).ShouldBe(["groups", null]);
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

    public static TheoryData<string, string[], string[]> Mistakes => new()
    {
        { "nothing", [], ["TeamDomain is missing", "Audiences is empty"] },
        { "a look-alike", ["TeamDomain=evilcloudflareaccess.com"], ["TeamDomain is 'evilcloudflareaccess.com', which is no team domain", "Audiences is empty"] },
        { "one audience in place of a list", ["TeamDomain=acme", "Audiences=tag"], ["Audiences is a single value, but has to be a list. Write Authentication:Schemes:CloudflareAccess:Audiences:0"] },
        { "a misspelt key", ["TeamDomian=acme", "Audiences:0=tag"], ["TeamDomian is not a setting", "TeamDomain is missing"] },
        { "a misspelt key of the keys", ["TeamDomain=acme", "Audiences:0=tag", "Keys:CoolDownn=1"], ["Keys:CoolDownn is not a setting"] },
        { "unreadable values", ["TeamDomain=acme", "Audiences:0=tag", "ClockSkew=soon", "MaxTokenLength=big", "SaveToken=maybe", "TokenSources=Query", "Keys:Cooldown=10"], ["ClockSkew is 'soon'", "MaxTokenLength is 'big'", "SaveToken is 'maybe'", "TokenSources is 'Query'", "Keys:Cooldown is '10'"] },
        { "values out of range", ["TeamDomain=acme", "Audiences:0=tag", "ClockSkew=00:05:01", "MaxTokenLength=1023", "Keys:RefreshInterval=00:00:59", "Keys:Cooldown=00:00:00", "Keys:MaximumStaleness=8.00:00:00", "Keys:RetryDelay=02:00:00", "Keys:MaximumRetryDelay=2.00:00:00", "Keys:FetchTimeout=00:02:00", "Keys:WaitBudget=00:02:00", "Keys:MaximumAnswerSize=1", "Keys:MaximumKeys=0"], ["ClockSkew is 00:05:01", "MaxTokenLength is 1023", "RefreshInterval is", "Cooldown is", "MaximumStaleness is", "RetryDelay is", "MaximumRetryDelay is", "FetchTimeout is", "WaitBudget is", "MaximumAnswerSize is", "MaximumKeys is"] },
        { "a cache without room", ["TeamDomain=acme", "Audiences:0=tag", "TokenCache:MaximumEntries=0", "TokenCache:MaximumBytes=65535"], ["TokenCache:MaximumEntries is 0, but has to be from 1 to 1000000", "TokenCache:MaximumBytes is 65535, but has to be from 65536 to 1073741824"] },
        { "a cache beyond bounds", ["TeamDomain=acme", "Audiences:0=tag", "TokenCache:MaximumEntries=1000001", "TokenCache:MaximumBytes=1073741825"], ["TokenCache:MaximumEntries is 1000001", "TokenCache:MaximumBytes is 1073741825"] },
        { "a staleness below the refresh", ["TeamDomain=acme", "Audiences:0=tag", "Keys:MaximumStaleness=00:30:00"], ["MaximumStaleness is 00:30:00, but has to be from 01:30:00 to 7.00:00:00"] },
        { "sharing without a cache", ["TeamDomain=acme", "Audiences:0=tag", "Keys:Shared=true"], ["Keys:Shared is true, but the application has no IDistributedCache"] },
        { "values where there are sections", ["TeamDomain=acme", "Audiences:0=tag", "Keys=abc", "ClockSkew:foo=1"], ["Keys is a single value", "ClockSkew has settings below it"] },
        { "a list with a hole", ["TeamDomain=acme", "Audiences:0=", "Audiences:1:x=b"], ["Audiences:1 has to be a single value", "Audiences has an entry that is empty"] },
        { "one team where there is a list", ["TeamDomain=acme", "Audiences:0=tag", "Teams=acme"], ["Teams is a single value"] },
        { "the longest time there is", ["TeamDomain=acme", "Audiences:0=tag", "Keys:RefreshInterval=10675199.02:48:05", "ClockSkew=00:06:00"], ["RefreshInterval is", "MaximumStaleness is", "ClockSkew is"] },
        { "a blank audience", ["TeamDomain=acme", "Audiences:0= tag "], ["Audiences has an entry that is empty or has blanks"] },
        { "one team and several", ["TeamDomain=acme", "Teams:0:TeamDomain=acme", "Teams:0:Audiences:0=a"], ["Teams is set beside TeamDomain"] },
        { "one team twice", ["Teams:0:TeamDomain=acme", "Teams:0:Audiences:0=a", "Teams:1:TeamDomain=https://ACME.cloudflareaccess.com/", "Teams:1:Audiences:0=b"], ["Teams:1:TeamDomain names the team of an earlier entry"] },
        { "a team without settings", ["Teams:0:GroupsClaim=groups"], ["Teams:0:TeamDomain is missing", "Teams:0:Audiences is empty"] },
        { "a custom domain that was not allowed", ["TeamDomain=https://access.example.com", "Audiences:0=a"], ["set AllowCustomTeamDomain too"] },
        { "plain http", ["TeamDomain=http://access.example.com", "Audiences:0=a", "AllowCustomTeamDomain=true"], ["http only on this machine or in Development"] },
        { "a role type with another meaning", ["TeamDomain=acme", "Audiences:0=a", "RoleClaimType=email"], ["RoleClaimType is 'email'"] },
        { "a name type with another meaning", ["TeamDomain=acme", "Audiences:0=a", "NameClaimType=sub"], ["NameClaimType is 'sub'"] },
        { "a redirect to one of several applications", ["TeamDomain=acme", "Audiences:0=a", "Audiences:1=b", "Challenge:Mode=RedirectNavigations"], ["Challenge:Audience is missing. The scheme has several Audiences"] },
        { "a redirect to one of several teams", ["Teams:0:TeamDomain=acme", "Teams:0:Audiences:0=a", "Teams:1:TeamDomain=partner", "Teams:1:Audiences:0=b", "Challenge:Mode=RedirectNavigations"], ["Challenge:Audience is missing"] },
        { "a redirect to somebody else's application", ["TeamDomain=acme", "Audiences:0=a", "Challenge:Audience=c"], ["Challenge:Audience is 'c', which is none of the scheme's Audiences"] },
        { "an unknown challenge", ["TeamDomain=acme", "Audiences:0=a", "Challenge:Mode=Always"], ["Challenge:Mode is 'Always', but has to be one of Unauthorized, RedirectNavigations"] },
        { "a challenge in one word", ["TeamDomain=acme", "Audiences:0=a", "Challenge=RedirectNavigations"], ["Challenge is a single value, but has to be a section"] },
        { "one type for name and role", ["TeamDomain=acme", "Audiences:0=a", "NameClaimType=x", "RoleClaimType=x"], ["RoleClaimType is 'x'"] },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_wrong_setting_stops_the_start_with_one_message_that_names_every_key(string name, string[] settings, string[] messages)
    {
        name.ShouldNotBeEmpty();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => setting.Split('=', 2))
            .Select(pair => KeyValuePair.Create(Path + pair[0], (string?)pair[1])));
        builder.WebHost.UseTestServer();
        builder.Services.AddCloudflareAccess();
        await using var app = builder.Build();

        var exception = await Should.ThrowAsync<OptionsValidationException>(() => app.StartAsync());

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
    [InlineData("https://access.example.localhost", LogLevel.Information)]
    public async Task A_custom_team_domain_is_worth_a_warning_unless_it_cannot_leave_the_machine(string domain, LogLevel level)
    {
        await using var host = await AccessHost.StartAsync(options => (options.AllowCustomTeamDomain, options.TeamDomain) = (true, domain));
        host.Log.Named("CustomTeamDomain").Single().Level.ShouldBe(level);
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
