using System.Text.Json;
using System.Text.Json.Nodes;
using CfAccess.Testing;

namespace CfAccess.Cli.Tests.Verify;

public sealed class VerifyTests : IDisposable
{
    private readonly KeyedTeam _team = new();

    public void Dispose() => _team.Dispose();

    [Fact]
    public async Task A_file_of_keys_is_enough_and_no_network_is_asked()
    {
        var run = await _team.VerifyAsync(_team.Minter.MintPerson());

        run.ExitCode.ShouldBe(0);
        run.Out.ShouldStartWith("✓ Valid");
        run.Out.ShouldContain("alice@example.com");
    }

    [Fact]
    public async Task A_member_without_a_value_is_null_in_json()
    {
        var run = await _team.VerifyAsync(_team.Minter.MintPerson(), "--json");

        run.Json.GetProperty("reason").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task A_whole_certs_document_is_a_file_of_keys_too()
    {
        var document = JsonNode.Parse(await File.ReadAllTextAsync(_team.KeysFile))!;
        document["public_cert"] = new JsonObject { ["kid"] = TestKey.Get("current").Kid, ["cert"] = "-----BEGIN CERTIFICATE-----" };
        await File.WriteAllTextAsync(_team.KeysFile, document.ToJsonString());

        (await _team.VerifyAsync(_team.Minter.MintPerson())).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_file_of_keys_may_be_in_UTF_16_as_PowerShell_saves_it()
    {
        await File.WriteAllTextAsync(_team.KeysFile, KeysEndpoint.Document(TestKey.Get("current").ToJwk()), System.Text.Encoding.Unicode);

        (await _team.VerifyAsync(_team.Minter.MintPerson())).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Keys_of_a_file_pass_the_library_s_filter()
    {
        await File.WriteAllTextAsync(_team.KeysFile, KeysEndpoint.Document(TestKey.Get("current", 1024).ToJwk()));

        var run = await _team.VerifyAsync(_team.Minter.MintPerson(), "--json");

        run.ExitCode.ShouldBe(3);
        run.Json.GetProperty("reason").GetString().ShouldBe("keys_unavailable");
        run.Json.GetProperty("advice").GetString()!.ShouldContain("its size is not 2048 to 8192 bits");
    }

    [Fact]
    public async Task A_service_is_called_by_its_client_id()
    {
        var run = await _team.VerifyAsync(_team.Minter.MintService(), "--json");

        run.Json.GetProperty("kind").GetString().ShouldBe("service");
        run.Json.GetProperty("caller").GetString().ShouldBe(TestTeam.ClientId);
    }

    [Theory]
    [InlineData("2026-03-01T13:00:59Z", 0)]
    [InlineData("2026-03-01T13:01:00Z", 1)]
    [InlineData("1772370059", 0)]
    [InlineData("2026-03-01T11:58:59Z", 1)]
    public async Task At_another_time_it_is_judged_as_of_then(string at, int exitCode) =>
        (await _team.VerifyAsync(_team.Minter.MintPerson(), "--at", at)).ExitCode.ShouldBe(exitCode);

    [Fact]
    public async Task The_clock_skew_is_the_application_s()
    {
        var token = _team.Minter.MintPerson();
        _team.Clock.Advance(TimeSpan.FromSeconds(3630));

        (await _team.VerifyAsync(token)).ExitCode.ShouldBe(0);
        (await _team.VerifyAsync(token, "--clock-skew", "10")).Out.ShouldContain("Refused: expired");
    }

    [Fact]
    public async Task An_audience_that_differs_only_in_case_is_not_taken_for_another_application()
    {
        var token = _team.Minter.MintPerson(payload => payload["aud"] = new JsonArray(TestTeam.Audience.ToUpperInvariant()));

        var run = await _team.VerifyAsync(token, "--json");

        run.Json.GetProperty("reason").GetString().ShouldBe("wrong_audience");
        run.Json.GetProperty("advice").GetString().ShouldNotBeNull().ShouldContain("differ only in upper and lower case");
    }

    [Fact]
    public async Task What_would_fail_too_is_told()
    {
        var token = _team.Minter.MintPerson(payload => payload["aud"] = new JsonArray(TestTeam.OtherAudience));
        _team.Clock.Advance(TimeSpan.FromHours(2));

        var run = await _team.VerifyAsync(token, "--json");

        run.Json.GetProperty("reason").GetString().ShouldBe("wrong_audience");
        var expiration = run.Json.GetProperty("checks").EnumerateArray().Single(check => check.GetProperty("check").GetString() == "expiration");
        expiration.GetProperty("result").GetString().ShouldBe("not_reached");
        expiration.GetProperty("wouldFail").GetString().ShouldBe("expired");
    }

    [Fact]
    public async Task A_token_that_begins_after_its_end_is_refused_for_its_times()
    {
        var now = _team.Clock.GetUtcNow().ToUnixTimeSeconds();
        var token = _team.Minter.MintPerson(payload => (payload["exp"], payload["nbf"]) = (now + 10, now + 30));

        var run = await _team.VerifyAsync(token, "--json");

        run.Json.GetProperty("reason").GetString().ShouldBe("invalid_claims");
        run.Json.GetProperty("checks").EnumerateArray().Single(check => check.GetProperty("result").GetString() == "failed")
            .GetProperty("check").GetString().ShouldBe("times");
    }

    [Fact]
    public async Task Several_audiences_are_accepted_each()
    {
        var token = _team.Minter.MintPerson(payload => payload["aud"] = new JsonArray(TestTeam.OtherAudience));

        (await _team.VerifyAsync(token, "--aud", TestTeam.OtherAudience)).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_team_of_another_case_is_normalised_and_the_issuer_is_not()
    {
        var token = _team.Minter.MintPerson(payload => payload["iss"] = "https://ACME.cloudflareaccess.com");

        var run = await new CliRunSetup { Clock = _team.Clock, In = token }
            .RunAsync(["verify", "--team", "ACME.CloudflareAccess.com/", "--aud", TestTeam.Audience, "--keys", _team.KeysFile]);

        run.Out.ShouldContain("Refused: unknown_issuer");
        run.Out.ShouldContain("expected https://acme.cloudflareaccess.com");
    }

    [Theory]
    [InlineData("https://access.example.com:8443/", "--allow-custom-team")]
    [InlineData("http://localhost:5090")]
    [InlineData("https://emulator.localhost:5090")]
    [InlineData("https://127.0.0.1:5090")]
    public async Task An_emulator_on_this_machine_is_a_team_and_with_the_flag_any_https_origin(string team, params string[] flags)
    {
        var token = _team.Minter.MintPerson(payload => payload["iss"] = team.TrimEnd('/'));

        var run = await new CliRunSetup { Clock = _team.Clock, In = token }
            .RunAsync(["verify", "--team", team, "--aud", TestTeam.Audience, "--keys", _team.KeysFile, .. flags]);

        run.ExitCode.ShouldBe(0);
    }

    [Theory]
    [InlineData]
    [InlineData("--allow-custom-team")]
    public async Task A_team_on_plain_http_under_localhost_is_not_accepted(params string[] flags)
    {
        var token = _team.Minter.MintPerson(payload => payload["iss"] = "http://emulator.localhost:5090");

        var run = await new CliRunSetup { Clock = _team.Clock, In = token }
            .RunAsync(["verify", "--team", "http://emulator.localhost:5090", "--aud", TestTeam.Audience, "--keys", _team.KeysFile, .. flags]);

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("http://localhost:5090");
    }

    [Fact]
    public async Task A_meta_token_is_called_by_its_name()
    {
        var token = _team.Minter.Sign(new JsonObject { ["type"] = "meta", ["aud"] = TestTeam.Audience, ["exp"] = 2000000000 });

        var run = await _team.VerifyAsync(token);

        run.ExitCode.ShouldBe(1);
        run.Out.ShouldContain("Refused: unknown_issuer");
        run.Out.ShouldContain("the meta token of a login redirect");
    }

    [Theory]
    [InlineData("https://acme.cloudflareaccess.com/cdn-cgi/access/sso/oidc/4714c1358e65fe4b408ad6d432a5f878", "Access for SaaS")]
    [InlineData("https://other.cloudflareaccess.com/cdn-cgi/access/sso/oidc/4714c1358e65fe4b408ad6d432a5f878/", "Access for SaaS")]
    [InlineData("https://login.example.com/realms/acme", "not a token of Access")]
    [InlineData("accounts.example.com", "not a token of Access")]
    [InlineData("acme", "not a token of Access")]
    [InlineData("", "not a token of Access")]
    public async Task An_issuer_that_is_not_an_origin_is_not_offered_as_a_team_domain(string issuer, string said)
    {
        var token = _team.Minter.MintPerson(payload => payload["iss"] = issuer);

        var advice = (await _team.VerifyAsync(token, "--json")).Json.GetProperty("advice").GetString()!;

        advice.ShouldContain(said);
        advice.ShouldNotContain("TeamDomain");
        advice.ShouldNotContain("--team");
    }

    [Fact]
    public async Task The_issuer_of_another_team_is_offered_as_the_team_domain()
    {
        var token = _team.Minter.MintPerson(payload => payload["iss"] = "https://other.cloudflareaccess.com");

        (await _team.VerifyAsync(token, "--json")).Json.GetProperty("advice").GetString()!.ShouldContain("TeamDomain");
    }

    [Theory]
    [InlineData("e", "1 character ")]
    [InlineData("ey", "2 characters ")]
    public async Task A_count_of_one_has_a_singular(string token, string seen) =>
        ((await _team.VerifyAsync(token)).Out.ReplaceLineEndings(" ") + " ").ShouldContain(seen);
}
