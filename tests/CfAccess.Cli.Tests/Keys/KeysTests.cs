using System.Security.Cryptography;
using System.Text;
using CfAccess.AspNetCore.Keys;
using CfAccess.Emulator;
using CfAccess.Testing;

namespace CfAccess.Cli.Tests.Keys;

/// <summary>What a team publishes, and what is told where it does not.</summary>
public sealed class KeysTests : IAsyncLifetime
{
    private LoopbackKeysEndpoint _endpoint = null!;

    private string Team => _endpoint.Origin.AbsoluteUri;

    public async ValueTask InitializeAsync() =>
        _endpoint = await LoopbackKeysEndpoint.StartAsync(TestKey.Get("previous"), TestKey.Get("current"));

    public ValueTask DisposeAsync() => _endpoint.DisposeAsync();

    [Fact]
    public async Task Keys_that_are_not_used_are_shown_with_the_reason()
    {
        var encryption = TestKey.Get("previous").ToJwk();
        encryption["use"] = "enc";
        encryption["kid"] = "\u001b[31mred";
        _endpoint.AnswerWith(200, KeysEndpoint.Document(TestKey.Get("current").ToJwk(), TestKey.Get("small", 1024).ToJwk(), encryption, "no key"));

        var run = await CliRun.RunAsync("keys", "--team", Team);

        run.ExitCode.ShouldBe(0);
        run.Out.ShouldContain($"✓ kid          {TestKey.Get("current").Kid}");
        run.Out.ShouldContain("RS256  2048 bits");
        run.Out.ShouldContain($"✗ kid          {TestKey.Get("small", 1024).Kid}");
        run.Out.ShouldContain("not used: its size is not 2048 to 8192 bits");
        run.Out.ShouldContain("RS256  1024 bits");
        run.Out.ShouldContain("not used: use is not sig");
        run.Out.ShouldContain("\\u001B[31mred");
        run.Out.ShouldContain("not used: it is not an object");
        run.Out.ShouldNotContain("\u001b");
    }

    [Fact]
    public async Task A_key_with_a_lone_surrogate_and_one_that_is_listed_twice_hide_no_other()
    {
        var current = TestKey.Get("current").ToJwk().ToJsonString();
        var bad = TestKey.Get("previous").ToJwk().ToJsonString()[..^1] + ",\"kid\":\"\\ud800\",\"alg\":\"\\ud800\"}";
        _endpoint.AnswerWith(200, $"{{\"\\ud800\":1,\"public_cert\":{{\"kid\":\"\\ud800\"}},\"public_certs\":[{{\"kid\":\"\\ud800\"}}],\"keys\":[{current},{bad},{current}],\"\\ud800\":1}}");

        var run = await CliRun.RunAsync("keys", "--team", Team);

        run.Error.ShouldBeEmpty();
        run.ExitCode.ShouldBe(0);
        run.Out.ShouldContain($"✓ kid          {TestKey.Get("current").Kid}");
        run.Out.ShouldContain("not used: it has a string that is not valid Unicode");
    }

    [Fact]
    public async Task Keys_in_UTF_16_are_shown()
    {
        _endpoint.AnswerWith([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(KeysEndpoint.Document(TestKey.Get("current").ToJwk()))]);

        var run = await CliRun.RunAsync("keys", "--team", Team);

        run.ExitCode.ShouldBe(0);
        run.Out.ShouldContain($"✓ kid          {TestKey.Get("current").Kid}");
    }

    [Fact]
    public async Task The_current_key_and_the_certificates_are_told()
    {
        await using var host = await AccessEmulatorHost.StartAsync(options => options.Output = TextWriter.Null, "http://127.0.0.1:0");

        var run = await CliRun.RunAsync("keys", "--team", host.Emulator.Issuer, "--json");

        var keys = run.Json.GetProperty("keys").EnumerateArray().ToList();
        run.Json.GetProperty("currentKid").GetString().ShouldBe(host.Emulator.CurrentKeyId);
        keys.Select(key => key.GetProperty("kid").GetString()).ShouldBe(host.Emulator.PublishedKeyIds);
        keys.Single(key => key.GetProperty("current").GetBoolean()).GetProperty("kid").GetString().ShouldBe(host.Emulator.CurrentKeyId);
        keys.ShouldAllBe(key => key.GetProperty("usable").GetBoolean() && key.GetProperty("bits").GetInt32() == 2048);
        keys.ShouldAllBe(key => key.GetProperty("certificateUntil").GetDateTimeOffset() > key.GetProperty("certificateFrom").GetDateTimeOffset());
    }

    [Fact]
    public async Task As_pem_they_are_the_usable_public_keys()
    {
        _endpoint.AnswerWith(200, KeysEndpoint.Document(TestKey.Get("current").ToJwk(), TestKey.Get("small", 1024).ToJwk()));

        var run = await CliRun.RunAsync("keys", "--team", Team, "--pem");

        using var rsa = RSA.Create();
        rsa.ImportFromPem(run.Out);
        rsa.ExportParameters(false).Modulus.ShouldBe(TestKey.Get("current").Rsa.ExportParameters(false).Modulus);
        run.Out.ShouldNotContain("PRIVATE");
    }

    [Fact]
    public async Task As_a_jwk_set_they_are_what_the_library_reads()
    {
        var jwk = TestKey.Get("current").ToJwk();
        jwk["d"] = "c2VjcmV0";
        _endpoint.AnswerWith(200, KeysEndpoint.Document(jwk, TestKey.Get("previous").ToJwk()));

        var run = await CliRun.RunAsync("keys", "--team", Team, "--jwks");

        var parsed = KeySetParser.Parse(Encoding.UTF8.GetBytes(run.Out), 16);
        parsed.Keys!.All.Select(key => key.KeyId).ShouldBe([TestKey.Get("current").Kid, TestKey.Get("previous").Kid], ignoreOrder: true);
        run.Out.ShouldNotContain("c2VjcmV0");
    }

    [Theory]
    [InlineData(404, "text/html", "There is no team at")]
    [InlineData(200, "text/html", "a proxy or a hotel's login page")]
    [InlineData(200, "application/json", "with no usable keys: the answer is not JSON")]
    [InlineData(407, "text/html", "The proxy before")]
    [InlineData(403, "text/html", "responded with 403. The likely cause is a firewall or bot rule in front of the team domain (error 1010)")]
    [InlineData(503, "text/plain", "answered 503")]
    public async Task What_is_no_key_set_is_told_in_a_sentence_and_ends_with_3(int status, string contentType, string sentence)
    {
        _endpoint.AnswerWith(status, "<html>Please log in</html>", contentType);

        ShouldBeUnreachable(await CliRun.RunAsync("keys", "--team", Team), sentence);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        _endpoint.RedirectTo($"{_endpoint.Origin}elsewhere");

        ShouldBeUnreachable(await CliRun.RunAsync("keys", "--team", Team), "answered with a redirect (302), which is never followed");
        _endpoint.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Where_nobody_listens_it_says_so()
    {
        ShouldBeUnreachable(
            await CliRun.RunAsync("keys", "--team", Nobody.Origin),
            "cannot be reached from here: ConnectionError (ConnectionRefused). Check network, DNS and proxy (HTTPS_PROXY).");
    }

    [Fact]
    public async Task Nothing_but_the_keys_is_asked_for_when_a_token_is_verified()
    {
        var asked = new List<string>();
        var then = _endpoint.Answer;
        _endpoint.Answer = (request, cancellationToken) =>
        {
            lock (asked)
            {
                asked.Add($"{request.Method} {request.RequestUri!.PathAndQuery}\n{request.Headers}");
            }

            return then(request, cancellationToken);
        };
        var token = new TokenMinter(TimeProvider.System).MintPerson(payload => payload["iss"] = Team.TrimEnd('/'));

        (await new CliRunSetup { In = token }.RunAsync(["verify", "--team", Team, "--aud", TestTeam.Audience])).ExitCode.ShouldBe(0);

        asked.ShouldHaveSingleItem().ShouldStartWith("GET /cdn-cgi/access/certs\n");
        asked[0].ShouldNotContain(token.Split('.')[1]);
        asked[0].ShouldNotContain(token.Split('.')[2]);
    }

    private static void ShouldBeUnreachable(CliRun run, string sentence) => run.ShouldSatisfyAllConditions(
        () => run.ExitCode.ShouldBe(3),
        () => run.Out.ShouldBeEmpty(),
        () => run.Error.ShouldContain(sentence),
        () => run.Error.TrimEnd('\n').ShouldNotContain("\n"));
}
