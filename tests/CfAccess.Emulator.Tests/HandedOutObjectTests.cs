using System.Text;
using CfAccess.Testing.Leaks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.Emulator.Tests;

/// <summary>
/// The emulator gives tokens and secrets out: that is what it is for. It does so by the members that are listed here, and no other, and
/// none of them is in JSON.
/// </summary>
public sealed class HandedOutObjectTests
{
    private const string MintSecret = "sentinel-of-the-mint";
    private const string ClientSecret = "sentinel-of-a-client-secret";

    /// <summary>The members that hold a token or a secret on purpose, and why.</summary>
    private static readonly Dictionary<string, string> OnPurpose = new(StringComparer.Ordinal)
    {
        ["AccessEmulatorSession.Token"] = "A test or a script logs in to get it.",
        ["AccessEmulator.MintSecret"] = "A script needs it, and it may have been made at start.",
        ["AccessEmulatorOptions.MintSecret"] = "The application binds it.",
        ["AccessEmulatorServiceToken.ClientSecret"] = "The application binds it, and a script needs one that was made at start.",
    };

    [Fact]
    public async Task Public_members_lead_to_no_token_and_no_secret_but_on_purpose()
    {
        IServiceCollection registered = null!;
        await using var app = await EmulatedApp.StartAsync(Configure, builder => registered = builder.Services);
        var person = app.Emulator.LogIn("alice@example.com");
        var service = app.Emulator.LogInService(AccessEmulatorDefaults.ServiceTokenClientId);
        List<string> secrets = [MintSecret, ClientSecret, person.Token.Split('.')[2], service.Token.Split('.')[2], PrivateKeyOf(app.Emulator)];

        foreach (var one in new object[]
        {
            app.Emulator,
            person,
            service,
            app.Services.GetRequiredService<IOptions<AccessEmulatorOptions>>().Value,
            registered.ToList(),
            PublicServices.Resolve(registered, app.Services, typeof(AccessEmulator).Assembly),
        })
        {
            new PublicMembers(OnPurpose.Keys).Find(one, secrets).ShouldBeEmpty();
        }
    }

    [Fact]
    public void JSON_holds_no_token_and_no_secret()
    {
        var options = new AccessEmulatorOptions();
        Configure(options);
        using var emulator = new AccessEmulator(options);
        var session = emulator.LogIn("alice@example.com");

        foreach (var one in new object[] { options, emulator, session, emulator.ServiceTokens[0] })
        {
            var json = JsonOfAnything.Write(one);
            json.ShouldNotBeEmpty();
            json.ShouldNotContain("sentinel");
            json.ShouldNotContain(session.Token.Split('.')[2]);
        }
    }

    [Fact]
    public void Each_member_that_is_exempt_holds_what_it_is_exempt_for()
    {
        var options = new AccessEmulatorOptions();
        Configure(options);
        using var emulator = new AccessEmulator(options);
        var session = emulator.LogIn("alice@example.com");

        foreach (var (owner, member) in OnPurpose.Keys.Select(name => (name.Split('.')[0], name.Split('.')[1])))
        {
            var one = new object[] { options, emulator, session, emulator.ServiceTokens[0] }.Single(one => one.GetType().Name == owner);
            one.GetType().GetProperty(member).ShouldNotBeNull().GetValue(one).ShouldBeOneOf(MintSecret, ClientSecret, session.Token);
        }
    }

    private static void Configure(AccessEmulatorOptions options)
    {
        options.MintSecret = MintSecret;
        options.ServiceTokens = [new() { ClientId = AccessEmulatorDefaults.ServiceTokenClientId, ClientSecret = ClientSecret }];
    }

    private static string PrivateKeyOf(AccessEmulator emulator) =>
        Encoding.Latin1.GetString(((RsaSecurityKey)emulator.Keys.Current.Credentials.Key).Rsa.ExportParameters(includePrivateParameters: true).D!);
}
