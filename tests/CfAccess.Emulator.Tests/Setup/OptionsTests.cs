using CfAccess.Emulator.Setup;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace CfAccess.Emulator.Tests.Setup;

public sealed class OptionsTests
{
    [Fact]
    public async Task Everything_that_is_wrong_stops_the_start_and_is_told_at_once()
    {
        var failure = await Should.ThrowAsync<OptionsValidationException>(() => EmulatedApp.StartAsync(options =>
        {
            options.Issuer = "not an origin";
            options.SessionDuration = TimeSpan.Zero;
            options.People =
            [
                new() { Email = "alice@example.com" },
                new() { Email = "ALICE@example.com" },
                new() { Email = " ", Name = "Nobody" },
            ];
            options.ServiceTokens = [new() { ClientId = "one.access" }, new() { ClientId = "one.access" }, new() { ClientId = "" }];
        }));

        string[] expected =
        [
            "CloudflareAccess:Emulator:Issuer", "CloudflareAccess:Emulator:SessionDuration", "People has alice@example.com more than once",
            "People:2: Email", "one.access more than once", "ServiceTokens:2: ClientId",
        ];
        failure.Message.Split('\n').Length.ShouldBe(expected.Length + 1);
        expected.ShouldAllBe(part => failure.Message.Contains(part));
    }

    [Theory]
    [InlineData("https://emulator.example")]
    [InlineData("https://emulator.example/")]
    [InlineData("https://EMULATOR.example")]
    [InlineData("http://localhost:5090")]
    public void An_origin_is_an_issuer(string issuer)
    {
        using var emulator = new AccessEmulator(new() { Issuer = issuer });

        emulator.Issuer.ShouldBe(issuer.TrimEnd('/').ToLowerInvariant());
    }

    [Theory]
    [InlineData("")]
    [InlineData("emulator")]
    [InlineData("ftp://emulator.example")]
    [InlineData("https://emulator.example/path")]
    [InlineData("https://emulator.example?x")]
    [InlineData("https://emulator.example#x")]
    [InlineData("https://user@emulator.example")]
    [InlineData("/local")]
    public void Anything_else_is_none(string issuer) =>
        Should.Throw<OptionsValidationException>(() => new AccessEmulator(new() { Issuer = issuer }));

    [Theory]
    [InlineData(59, false)]
    [InlineData(60, true)]
    [InlineData(31 * 86400, true)]
    [InlineData((31 * 86400) + 1, false)]
    public void A_session_lasts_from_a_minute_to_31_days(int seconds, bool good)
    {
        var result = new ValidateAccessEmulatorOptions().Validate(null, new() { SessionDuration = TimeSpan.FromSeconds(seconds) });

        result.Succeeded.ShouldBe(good);
    }

    [Fact]
    public void A_value_that_could_split_a_header_is_refused()
    {
        AccessEmulatorOptions options = new()
        {
            People = [new() { Email = "a@example.com\r\nX: y" }],
            ServiceTokens = [new() { ClientId = "one.access", ClientSecret = "a\nb" }],
        };

        new ValidateAccessEmulatorOptions().Validate(null, options).FailureMessage!.Split('\n').Length.ShouldBe(1 + 2);
    }

    [Fact]
    public void A_secret_that_is_given_is_kept()
    {
        using var emulator = new AccessEmulator(new() { ServiceTokens = [new() { ClientId = "one.access", ClientSecret = "given" }] });

        emulator.ServiceTokens.ShouldHaveSingleItem().ClientSecret.ShouldBe("given");
    }

    [Theory]
    [InlineData("CloudflareAccess:Emulator:ApiShield:Enabled", "true")]
    [InlineData("CloudflareAccess:Emulator:ApiShield:File", "api-shield.json")]
    [InlineData("CloudflareAccess:Emulator:ApiShield", "true")]
    public async Task Settings_of_API_Shield_without_its_package_stop_the_start_and_name_the_package_and_the_line(string key, string value) =>
        (await Should.ThrowAsync<OptionsValidationException>(() => EmulatedApp.StartAsync(
            build: builder => builder.Configuration.AddInMemoryCollection([new(key, value)]))))
            .Message.ShouldContain("CloudflareAccess:Emulator:ApiShield is set, but the package that reads it is not in use. "
                + "Install CfAccess.Emulator.ApiShield, and add builder.AddCloudflareAccessEmulatorApiShield().");

    [Fact]
    public void The_emulator_does_not_bring_API_Shield_along() =>
        typeof(AccessEmulator).Assembly.GetReferencedAssemblies().ShouldNotContain(assembly => assembly.Name == "CfAccess.ApiShield");
}
