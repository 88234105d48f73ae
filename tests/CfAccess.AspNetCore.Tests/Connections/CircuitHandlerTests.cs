using System.Security.Claims;
using CfAccess.AspNetCore.Connections;
using CfAccess.Testing;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.AspNetCore.Tests.Connections;

/// <summary>A circuit runs events for the user who opened it, until the token ends.</summary>
public sealed class CircuitHandlerTests
{
    [Fact]
    public async Task An_event_runs_until_the_token_ends_by_the_clock_of_the_scheme()
    {
        await using var circuit = await OpenAsync("alice");

        (await circuit.RaiseAsync()).ShouldBeTrue();
        circuit.Clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromMilliseconds(1));
        (await circuit.RaiseAsync()).ShouldBeTrue();
        circuit.Clock.Advance(TimeSpan.FromMilliseconds(1));
        (await circuit.RaiseAsync()).ShouldBeFalse();
    }

    [Theory]
    [InlineData("alice", "alice", true)]
    [InlineData("alice", "bob", false)]
    [InlineData("alice", "the service", false)]
    [InlineData("alice", "nobody", false)]
    [InlineData("nobody", "alice", false)]
    [InlineData("alice without sub", "alice without sub", true)]
    [InlineData("alice without sub", "alice of a partner without sub", false)]
    [InlineData("somebody", "somebody", true)]
    [InlineData("somebody", "somebody else", false)]
    [InlineData("somebody", "nobody", false)]
    [InlineData("nobody", "nobody", true)]
    [InlineData("somebody of another scheme", "somebody of another scheme", true)]
    public async Task Only_the_user_who_opened_a_circuit_goes_on(string opener, string current, bool runs)
    {
        await using var circuit = await OpenAsync(opener);

        await circuit.ConnectAsync(current);

        (await circuit.RaiseAsync()).ShouldBe(runs);
    }

    [Fact]
    public async Task An_ended_circuit_says_nothing_about_its_users()
    {
        await using var circuit = await OpenAsync("alice");
        await circuit.ConnectAsync("bob");

        await circuit.RaiseAsync();

        circuit.Failure!.Message.ShouldBe("The session of this page has ended. Reload the page.");
        circuit.Log.Named("CircuitEnded").ShouldHaveSingleItem().Message.ShouldContain("another user has connected");
    }

    private static async Task<OpenCircuit> OpenAsync(string opener)
    {
        var state = new CurrentUser();
        var circuit = new OpenCircuit(
            await AccessHost.StartAsync(
                options =>
                {
                    (options.TeamDomain, options.Audiences) = (null, []);
                    options.Teams =
                    [
                        new() { TeamDomain = "acme", Audiences = [TestTeam.Audience] },
                        new() { TeamDomain = "partner", Audiences = [TestTeam.Audience] },
                    ];
                },
                builder =>
                {
                    builder.Services.AddRazorComponents().AddInteractiveServerComponents();
                    builder.Services.AddScoped<AuthenticationStateProvider>(_ => state);
                }),
            state);
        await circuit.ConnectAsync(opener);
        await circuit.OpenAsync();
        return circuit;
    }

    private sealed class CurrentUser : AuthenticationStateProvider
    {
        public ClaimsPrincipal User { get; set; } = new();

        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(User));
    }

    /// <summary>What the framework calls of a circuit handler.</summary>
    private sealed class OpenCircuit(AccessHost host, CurrentUser state) : IAsyncDisposable
    {
        private readonly AsyncServiceScope _scope = host.Services.CreateAsyncScope();

        public TestClock Clock => host.Clock;

        public LogCollector Log => host.Log;

        public Exception? Failure { get; private set; }

        private CircuitHandler Handler => _scope.ServiceProvider.GetServices<CircuitHandler>().Single(handler => handler is AccessCircuitHandler);

        public async Task ConnectAsync(string user) => state.User = user switch
        {
            "nobody" => new ClaimsPrincipal(new ClaimsIdentity()),
            "somebody of another scheme" => new ClaimsPrincipal(new ClaimsIdentity([new Claim("email", "alice@example.com")], "Cookies")),
            "alice without sub" => await PersonAsync("alice@example.com"),
            "alice of a partner without sub" => await PersonAsync("alice@example.com", TestTeam.PartnerIssuer),
            "somebody" or "somebody else" => await PersonAsync(email: null, nonce: user),
            "the service" => (await host.PrincipalAsync(host.Minter.MintService()))!,
            _ => (await host.PrincipalAsync(host.Minter.MintPerson(payload => (payload["email"], payload["sub"]) = ($"{user}@example.com", user))))!,
        };

        private async Task<ClaimsPrincipal> PersonAsync(string? email, string issuer = TestTeam.Issuer, string nonce = "n") =>
            (await host.PrincipalAsync(host.Minter.MintPerson(payload =>
            {
                payload.Remove("sub");
                (payload["email"], payload["iss"], payload["identity_nonce"]) = (email, issuer, nonce);
            })))!;

        public Task OpenAsync() => Handler.OnCircuitOpenedAsync(null!, default);

        /// <returns>Whether the event ran.</returns>
        public async Task<bool> RaiseAsync()
        {
            var ran = false;
            try
            {
                await Handler.CreateInboundActivityHandler(_ =>
                {
                    ran = true;
                    return Task.CompletedTask;
                })(null!);
            }
            catch (InvalidOperationException failure)
            {
                Failure = failure;
            }

            return ran;
        }

        public async ValueTask DisposeAsync()
        {
            await _scope.DisposeAsync();
            await host.DisposeAsync();
        }
    }
}
