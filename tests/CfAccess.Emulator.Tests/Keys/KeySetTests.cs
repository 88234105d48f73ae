using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace CfAccess.Emulator.Tests.Keys;

public sealed class KeySetTests : EmulatedAppTests
{
    [Fact]
    public async Task The_key_set_has_the_shape_of_Cloudflares_own()
    {
        var app = App;

        var document = await KeySetAsync(app);

        document.EnumerateObject().Select(member => member.Name).ShouldBe(["keys", "public_cert", "public_certs"]);
        var keys = document.GetProperty("keys").EnumerateArray().ToList();
        keys.Count.ShouldBe(2);
        foreach (var key in keys)
        {
            key.EnumerateObject().Select(member => member.Name).ShouldBe(["kid", "kty", "alg", "use", "e", "n"]);
            key.GetProperty("kid").GetString().ShouldNotBeNull().ShouldMatch("^[0-9a-f]{64}$");
            key.GetProperty("kty").GetString().ShouldBe("RSA");
            key.GetProperty("alg").GetString().ShouldBe("RS256");
            key.GetProperty("use").GetString().ShouldBe("sig");
            key.GetProperty("e").GetString().ShouldBe("AQAB");
            Base64Url.DecodeFromChars(key.GetProperty("n").GetString()).Length.ShouldBe(256);
        }
    }

    [Fact]
    public async Task The_current_key_stands_second_and_its_certificate_alone()
    {
        var app = App;

        var document = await KeySetAsync(app);

        var current = app.Emulator.CurrentKeyId;
        document.GetProperty("keys")[1].GetProperty("kid").GetString().ShouldBe(current);
        document.GetProperty("public_cert").GetProperty("kid").GetString().ShouldBe(current);
        document.GetProperty("public_certs")[1].GetProperty("kid").GetString().ShouldBe(current);
    }

    [Fact]
    public async Task Each_certificate_is_of_the_key_with_its_kid()
    {
        var app = App;

        var document = await KeySetAsync(app);

        var keys = document.GetProperty("keys").EnumerateArray().ToDictionary(key => key.GetProperty("kid").GetString()!);
        var certificates = document.GetProperty("public_certs").EnumerateArray().ToList();
        certificates.Select(one => one.GetProperty("kid").GetString()!).ShouldBe(keys.Keys);
        foreach (var one in certificates)
        {
            using var certificate = X509Certificate2.CreateFromPem(one.GetProperty("cert").GetString());
            using var rsa = certificate.GetRSAPublicKey().ShouldNotBeNull();
            var expected = keys[one.GetProperty("kid").GetString()!].GetProperty("n").GetString();
            Base64Url.EncodeToString(rsa.ExportParameters(false).Modulus).ShouldBe(expected);
        }
    }

    [Fact]
    public async Task The_keys_endpoint_fails_when_it_is_told_to()
    {
        await using var app = await EmulatedApp.StartAsync();
        app.Emulator.KeysEndpointFails = true;

        using var response = await app.GetAsync("/cdn-cgi/access/certs");

        response.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
    }

    [Fact]
    public void A_rotation_keeps_the_key_before_and_drops_the_one_before_that()
    {
        using var emulator = new AccessEmulator(new());
        var before = emulator.PublishedKeyIds;

        var made = emulator.RotateKey();

        emulator.PublishedKeyIds.ShouldBe([before[1], made]);
        emulator.CurrentKeyId.ShouldBe(made);
    }

    [Fact]
    public void Withdrawing_the_current_key_rotates_first()
    {
        using var emulator = new AccessEmulator(new());
        var (previous, withdrawn) = (emulator.PublishedKeyIds[0], emulator.CurrentKeyId);
        var session = emulator.LogIn("alice@example.com");

        emulator.WithdrawKey(withdrawn);

        emulator.CurrentKeyId.ShouldNotBeOneOf(previous, withdrawn);
        emulator.PublishedKeyIds.ShouldBe([emulator.CurrentKeyId]);
        emulator.LogIn("bob@example.com").Minted.KeyId.ShouldBe(emulator.CurrentKeyId);
        emulator.Sessions.Find(session.Token).ShouldBe(session);
        Should.Throw<ArgumentException>(() => emulator.WithdrawKey(withdrawn));
    }

    [Fact]
    public void Withdrawing_the_previous_key_keeps_the_current_one()
    {
        using var emulator = new AccessEmulator(new());
        var current = emulator.CurrentKeyId;

        emulator.WithdrawKey(emulator.PublishedKeyIds[0]);

        emulator.PublishedKeyIds.ShouldBe([current]);
        emulator.CurrentKeyId.ShouldBe(current);
    }

    [Fact]
    public void Two_emulators_share_no_key()
    {
        using var one = new AccessEmulator(new());
        using var other = new AccessEmulator(new());

        one.PublishedKeyIds.Intersect(other.PublishedKeyIds).ShouldBeEmpty();
    }

    private static async Task<JsonElement> KeySetAsync(EmulatedApp app)
    {
        using var response = await app.GetAsync("/cdn-cgi/access/certs");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        return JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
