using System.Diagnostics;
using System.Text.Json;
using CfAccess.Emulator;
using CfAccess.Testing;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.EndToEnd.Tests.Foreign;

/// <summary>The emulator's tokens and keys, checked by programs that have nothing to do with .NET.</summary>
public sealed class VerifierTests : IAsyncLifetime
{
    private AccessEmulatorHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await AccessEmulatorHost.StartAsync(
        address: "http://127.0.0.1:0", cancellationToken: TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Jose_accepts_a_persons_token_by_the_published_keys()
    {
        var (exitCode, answer) = await JoseAsync(_host.Emulator.LogIn("alice@example.com").Token);

        exitCode.ShouldBe(0, answer.ToString());
        answer.GetProperty("header").GetProperty("kid").GetString().ShouldBe(_host.Emulator.CurrentKeyId);
        answer.GetProperty("payload").GetProperty("email").GetString().ShouldBe("alice@example.com");
        answer.GetProperty("payload").GetProperty("custom").GetProperty("groups")[0].GetString().ShouldBe("platform");
    }

    [Fact]
    public async Task Jose_accepts_tokens_of_both_keys_after_a_rotation()
    {
        var before = _host.Emulator.LogIn("alice@example.com").Token;
        _host.Emulator.RotateKey();

        (await JoseAsync(before)).ExitCode.ShouldBe(0);
        (await JoseAsync(_host.Emulator.LogInService(AccessEmulatorDefaults.ServiceTokenClientId).Token)).ExitCode.ShouldBe(0);
    }

    [Theory]
    [InlineData(AccessEmulatorWrongToken.Expired, "ERR_JWT_EXPIRED")]
    [InlineData(AccessEmulatorWrongToken.OtherAudience, "ERR_JWT_CLAIM_VALIDATION_FAILED")]
    [InlineData(AccessEmulatorWrongToken.OtherIssuer, "ERR_JWT_CLAIM_VALIDATION_FAILED")]
    [InlineData(AccessEmulatorWrongToken.UnknownKey, "ERR_JWKS_NO_MATCHING_KEY")]
    [InlineData(AccessEmulatorWrongToken.ForgedSignature, "ERR_JWS_SIGNATURE_VERIFICATION_FAILED")]
    public async Task Jose_refuses_a_wrong_token(AccessEmulatorWrongToken wrong, string code)
    {
        var (exitCode, answer) = await JoseAsync(_host.Emulator.MintWrongToken(wrong));

        (exitCode, answer.GetProperty("refused").GetString()).ShouldBe((1, code));
    }

    [Fact]
    public async Task OpenSSL_verifies_a_signature_with_the_published_certificate()
    {
        using var folder = new TemporaryFolder();
        var parts = _host.Emulator.LogIn("alice@example.com").Token.Split('.');
        await folder.WriteAsync("data", System.Text.Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"));
        await folder.WriteAsync("changed", System.Text.Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}x"));
        await folder.WriteAsync("signature", Base64UrlEncoder.DecodeBytes(parts[2]));
        await folder.WriteAsync("certificate.pem", System.Text.Encoding.ASCII.GetBytes((await KeysAsync()).GetProperty("public_cert").GetProperty("cert").GetString()!));

        (await OpenSslAsync(folder, "x509", "-in", "certificate.pem", "-pubkey", "-noout", "-out", "key.pem")).ExitCode.ShouldBe(0);

        (await OpenSslAsync(folder, "dgst", "-sha256", "-verify", "key.pem", "-signature", "signature", "data"))
            .ShouldBe((0, "Verified OK"));
        (await OpenSslAsync(folder, "dgst", "-sha256", "-verify", "key.pem", "-signature", "signature", "changed")).ExitCode.ShouldNotBe(0);
        (await OpenSslAsync(folder, "x509", "-in", "certificate.pem", "-noout", "-subject")).Output.ShouldContain("127.0.0.1");
    }

    [Fact]
    public async Task The_keys_have_the_shape_of_Cloudflares()
    {
        var keys = await KeysAsync();

        keys.EnumerateObject().Select(member => member.Name).ShouldBe(["keys", "public_cert", "public_certs"]);
        var jwks = keys.GetProperty("keys").EnumerateArray().ToList();
        jwks.Count.ShouldBe(2);
        jwks.ShouldAllBe(key => string.Join(' ', key.EnumerateObject().Select(member => member.Name).Order()) == "alg e kid kty n use");
        keys.GetProperty("public_certs").EnumerateArray().Select(one => one.GetProperty("kid").GetString())
            .ShouldBe(jwks.Select(key => key.GetProperty("kid").GetString()));
        keys.GetProperty("public_cert").GetProperty("kid").GetString().ShouldBe(_host.Emulator.CurrentKeyId);
    }

    private async Task<JsonElement> KeysAsync()
    {
        using var client = new HttpClient { BaseAddress = _host.Address };
        return JsonSerializer.Deserialize<JsonElement>(
            await client.GetStringAsync("/cdn-cgi/access/certs", TestContext.Current.CancellationToken));
    }

    private async Task<(int ExitCode, JsonElement Answer)> JoseAsync(string token)
    {
        Prerequisites.NodeFile("jose/package.json");
        var script = RepositoryFile.Find("tests/CfAccess.EndToEnd.Tests/npm/verify.mjs");
        var (exitCode, output) = await RunAsync(
            "node", Path.GetDirectoryName(script)!, script, _host.Emulator.Issuer, AccessEmulatorDefaults.Audience, token);
        return (exitCode, JsonSerializer.Deserialize<JsonElement>(output));
    }

    private static Task<(int ExitCode, string Output)> OpenSslAsync(TemporaryFolder folder, params string[] arguments) =>
        RunAsync("openssl", folder.Path, arguments);

    private static async Task<(int ExitCode, string Output)> RunAsync(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        Process? process = null;
        try
        {
            process = Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Prerequisites.Require(isThere: false, $"{program} is not on the PATH of this machine.");
        }

        using (process)
        {
            var output = process!.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (process.ExitCode, (await output).Trim() is { Length: > 0 } text ? text : (await errors).Trim());
        }
    }

    private sealed class TemporaryFolder : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("CfAccess");

        public string Path => _folder.FullName;

        public Task WriteAsync(string name, byte[] content) => File.WriteAllBytesAsync(System.IO.Path.Combine(Path, name), content);

        public void Dispose() => _folder.Delete(recursive: true);
    }
}
