using CfAccess.Emulator;

namespace CfAccess.Cli.Tests.Verify;

/// <summary>The built tool against an emulator: verdict, reason, first failing check, exit code.</summary>
public sealed class ProcessTests : IAsyncLifetime
{
    private AccessEmulatorHost _host = null!;

    public async ValueTask InitializeAsync() =>
        _host = await AccessEmulatorHost.StartAsync(options => options.Output = TextWriter.Null, "http://127.0.0.1:0");

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_good_token_is_valid_and_ends_with_0()
    {
        var run = await VerifyAsync(_host.Emulator.MintPersonToken("alice@example.com"));

        run.ShouldSatisfyAllConditions(
            () => run.ExitCode.ShouldBe(0),
            () => run.Error.ShouldBeEmpty(),
            () => run.Json.GetProperty("valid").GetBoolean().ShouldBeTrue(),
            () => run.Json.GetProperty("reason").GetString().ShouldBeNull(),
            () => run.Json.GetProperty("caller").GetString().ShouldBe("alice@example.com"),
            () => run.Json.GetProperty("checks").EnumerateArray().ShouldAllBe(check => check.GetProperty("result").GetString() == "passed"));
    }

    [Theory]
    [InlineData(AccessEmulatorWrongToken.Expired, "expired", "expiration")]
    [InlineData(AccessEmulatorWrongToken.OtherAudience, "wrong_audience", "audience")]
    [InlineData(AccessEmulatorWrongToken.OtherIssuer, "unknown_issuer", "issuer")]
    [InlineData(AccessEmulatorWrongToken.UnknownKey, "unknown_key", "key")]
    [InlineData(AccessEmulatorWrongToken.Meta, "unknown_issuer", "issuer")]
    [InlineData(AccessEmulatorWrongToken.Organization, "wrong_type", "type")]
    [InlineData(AccessEmulatorWrongToken.ForgedSignature, "bad_signature", "signature")]
    public async Task A_wrong_token_is_refused_with_its_reason_and_ends_with_1(AccessEmulatorWrongToken kind, string reason, string check) =>
        ShouldBeRefused(await VerifyAsync(_host.Emulator.MintWrongToken(kind)), 1, reason, check);

    [Fact]
    public async Task A_token_without_signature_is_refused_before_its_algorithm_is_read_and_with_one_for_its_algorithm()
    {
        var token = _host.Emulator.MintWrongToken(AccessEmulatorWrongToken.WithoutSignature);

        ShouldBeRefused(await VerifyAsync(token), 1, "malformed", "spelling");
        ShouldBeRefused(await VerifyAsync(token + "AAAA"), 1, "unsupported_algorithm", "algorithm");
    }

    [Fact]
    public async Task A_token_of_a_withdrawn_key_is_refused()
    {
        var token = _host.Emulator.MintPersonToken("alice@example.com");
        _host.Emulator.WithdrawKey(_host.Emulator.CurrentKeyId);

        ShouldBeRefused(await VerifyAsync(token), 1, "unknown_key", "key");
    }

    [Fact]
    public async Task Where_the_endpoint_is_down_it_ends_with_3()
    {
        _host.Emulator.KeysEndpointFails = true;

        var run = await VerifyAsync(_host.Emulator.MintPersonToken("alice@example.com"));

        ShouldBeRefused(run, 3, "keys_unavailable", "key");
        run.Json.GetProperty("advice").GetString()!.ShouldContain("answered 500");
    }

    [Fact]
    public async Task As_text_it_marks_every_check_and_says_what_to_do()
    {
        var run = await CliProcess.RunAsync(
            ["verify", "--team", _host.Emulator.Issuer, "--aud", "other"], _host.Emulator.MintPersonToken("alice@example.com"));

        run.ExitCode.ShouldBe(1);
        run.Out.ShouldContain("✗ Refused: wrong_audience");
        run.Out.ShouldContain("✓ type");
        run.Out.ShouldContain("✗ audience");
        run.Out.ShouldContain("– signature");
        run.Out.ShouldContain("What to do");
        run.Out.ShouldNotContain("\u001b");
    }

    private static void ShouldBeRefused(CliRun run, int exitCode, string reason, string check) => run.ShouldSatisfyAllConditions(
        () => run.ExitCode.ShouldBe(exitCode),
        () => run.Error.ShouldBeEmpty(),
        () => run.Json.GetProperty("valid").GetBoolean().ShouldBeFalse(),
        () => run.Json.GetProperty("reason").GetString().ShouldBe(reason),
        () => run.Json.GetProperty("advice").GetString().ShouldNotBeNullOrWhiteSpace(),
        () => run.Json.GetProperty("checks").EnumerateArray().Single(one => one.GetProperty("result").GetString() == "failed")
            .GetProperty("check").GetString().ShouldBe(check));

    private Task<CliRun> VerifyAsync(string token) => CliProcess.RunAsync(
        ["verify", "--team", _host.Emulator.Issuer, "--aud", _host.Emulator.Audiences[0], "--json"], token);
}
