using System.Security.Claims;
using CfAccess.AspNetCore;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CfAccess.Testing.Attacks;

/// <summary>An application under attack, in one setting.</summary>
public sealed class AttackHost : IAsyncDisposable
{
    /// <summary>More than any token of an attack is long.</summary>
    public const int LongTokenLength = 400_000;

    private readonly IAttackSender _sender;

    private AttackHost(AccessHost app, IAttackSender sender, bool tellsReasons)
    {
        App = app;
        _sender = sender;
        TellsReasons = tellsReasons;
        Bench = new AttackBench(app.Clock);
    }

    public AccessHost App { get; }

    public AttackBench Bench { get; }

    public bool TellsReasons { get; }

    public bool IsOnTheWire => _sender is WireSender;

    /// <param name="setting">What is attacked.</param>
    /// <param name="tellsReasons">Whether <c>IncludeErrorDetails</c> is on.</param>
    /// <param name="listens">Whether requests come over a socket.</param>
    /// <param name="caches">Whether validated tokens are kept.</param>
    public static async Task<AttackHost> StartAsync(AttackSetting setting, bool tellsReasons, bool listens, bool caches = true)
    {
        var app = await AccessHost.StartAsync(
            options =>
            {
                options.IncludeErrorDetails = tellsReasons;
                options.TokenCache.Enabled = caches;

                // So that no fetch but an attack's own falls into it, however far attacks move the clock.
                options.Keys.RefreshInterval = TimeSpan.FromHours(24);
                options.Keys.MaximumStaleness = TimeSpan.FromDays(7);
                Configure(options, setting);
            },
            map: app => Map(app, setting),
            listens: listens);
        var host = new AttackHost(app, listens ? new WireSender(app.Client.BaseAddress!) : new InProcessSender(app.Server), tellsReasons);
        if (setting == AttackSetting.TwoTeams)
        {
            // The partner's keys are fetched for the first of its tokens: one that is good.
            app.Endpoint.PublishAt(TestTeam.PartnerCertsUrl, TestKey.Get(AttackBench.PartnerKey));
            await host.SendAsync(AttackRequest.Asserting(host.Bench.PartnersPerson().Token), AttackPaths.Me);
        }

        return host;
    }

    public Task<AttackAnswer> SendAsync(AttackRequest request, string path) => _sender.SendAsync(request, request.Target ?? path);

    /// <summary>Asks who the caller is, with the token in the assertion header.</summary>
    public Task<AttackAnswer> SendAsync(TokenDraft draft) => SendAsync(AttackRequest.Asserting(draft.Token), AttackPaths.Me);

    public ValueTask DisposeAsync() => App.DisposeAsync();

    private static void Configure(CloudflareAccessOptions options, AttackSetting setting)
    {
        options.GroupsClaim = "groups";
        switch (setting)
        {
            case AttackSetting.LongTokens:
                options.MaxTokenLength = LongTokenLength;
                break;
            case AttackSetting.TwoApplications:
                options.Audiences = [TestTeam.Audience, TestTeam.OtherAudience];
                break;
            case AttackSetting.TwoTeams:
                options.TeamDomain = options.GroupsClaim = null;
                options.Audiences = [];
                options.Teams =
                [
                    new() { TeamDomain = TestTeam.Issuer, Audiences = [TestTeam.Audience], GroupsClaim = "groups" },
                    new() { TeamDomain = TestTeam.PartnerIssuer, Audiences = [TestTeam.PartnerAudience], GroupsClaim = "groups" },
                ];
                break;
            case AttackSetting.OwnClaimTypes:
                options.NameClaimType = "name";
                options.RoleClaimType = "role";
                break;
            case AttackSetting.LongClaimTypes:
                options.NameClaimType = ClaimTypes.Name;
                options.RoleClaimType = ClaimTypes.Role;
                break;
            default:
                break;
        }
    }

    private static void Map(WebApplication app, AttackSetting setting)
    {
        if (setting == AttackSetting.TwoApplications)
        {
            Protect(AttackPaths.OtherApplication, policy => policy.RequireAccessAudience(TestTeam.OtherAudience));
        }

        if (setting == AttackSetting.TwoTeams)
        {
            // A demand that the start can see would stop the application.
            app.MapGet(AttackPaths.Role, (ClaimsPrincipal user) => user.IsInRole(TestTeam.Group) ? Results.Text("in") : Results.Forbid())
                .RequireAuthorization();
        }
        else
        {
            Protect(AttackPaths.Group, policy => policy.RequireAccessGroup(TestTeam.Group));
            Protect(AttackPaths.Role, policy => policy.RequireRole(TestTeam.Group));
        }

        Protect(AttackPaths.GroupOfTeam, policy => policy.RequireAccessGroup([TestTeam.Group], TestTeam.Issuer));
        Protect(AttackPaths.UserOfTeam, policy => policy.RequireAccessUser(TestTeam.Issuer));
        Protect(AttackPaths.Name, policy => policy.RequireAssertion(context => context.User.Identity?.Name == TestTeam.Email));

        void Protect(string path, Action<AuthorizationPolicyBuilder> policy) => app.MapGet(path, () => "in").RequireAuthorization(policy);
    }
}
