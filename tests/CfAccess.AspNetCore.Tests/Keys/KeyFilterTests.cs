using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CfAccess.AspNetCore.Keys;
using CfAccess.Testing;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.AspNetCore.Tests.Keys;

[Trait("attack", "29")]
public sealed class KeyFilterTests
{
    private static TestKey Good => TestKey.Get("current");

    public static TheoryData<string, string> UnusableKeys => new()
    {
        { "a 1024-bit key", "its size is not 2048 to 8192 bits" },
        { "kty EC", "kty is not RSA" },
        { "kty oct", "kty is not RSA" },
        { "no kty", "kty is not RSA" },
        { "kty a number", "kty is not RSA" },
        { "use enc", "use is not sig" },
        { "use null", "use is not sig" },
        { "key_ops without verify", "key_ops does not hold verify" },
        { "key_ops a string", "key_ops does not hold verify" },
        { "alg RS512", "alg is not RS256" },
        { "alg PS256", "alg is not RS256" },
        { "no kid", "kid is missing" },
        { "an empty kid", "kid is missing" },
        { "kid a number", "kid is missing" },
        { "e = 1", "e is not an odd number of at least 3" },
        { "e even", "e is not an odd number of at least 3" },
        { "e zero", "e is not an odd number of at least 3" },
        { "no e", "e is not an odd number of at least 3" },
        { "no n", "n is not a modulus" },
        { "n not base64url", "n is not a modulus" },
        { "n even", "n is not a modulus" },
        { "n padded with zeros to 2048 bits", "its size is not 2048 to 8192 bits" },
        { "n of 16384 bits", "its size is not 2048 to 8192 bits" },
        { "a list", "it is not an object" },
    };

    [Theory]
    [MemberData(nameof(UnusableKeys))]
    public void An_unusable_key_is_passed_over_and_the_others_count(string name, string problem)
    {
        var result = Parse(Unusable(name), Good.ToJwk());

        result.Succeeded.ShouldBeTrue();
        result.Keys!.Count.ShouldBe(1);
        result.Keys.Find(Good.Kid).ShouldNotBeNull();
        result.Keys.Skipped.Select(skipped => skipped.Reason).ShouldBe([problem]);
    }

    [Theory]
    [MemberData(nameof(UnusableKeys))]
    public void A_set_of_unusable_keys_only_is_refused(string name, string problem)
    {
        var result = Parse(Unusable(name));

        result.Succeeded.ShouldBeFalse();
        result.Detail.ShouldContain(problem);
    }

    [Theory]
    [InlineData(2047, false)]
    [InlineData(2048, true)]
    [InlineData(2055, true)]
    [InlineData(4096, true)]
    [InlineData(8192, true)]
    [InlineData(8193, false)]
    public void A_key_counts_from_2048_to_8192_bits_to_the_bit_and_leading_zeros_do_not(int bits, bool counts)
    {
        var modulus = new byte[(bits + 7) / 8];
        modulus[0] = (byte)(1 << ((bits - 1) % 8));
        modulus[^1] |= 1;
        var key = TestKey.Get("next").ToJwk();
        foreach (var written in new[] { modulus, [0, 0, .. modulus] })
        {
            key["n"] = Base64UrlEncoder.Encode(written);
            var keys = Parse(key.DeepClone(), Good.ToJwk()).Keys.ShouldNotBeNull();
            keys.Count.ShouldBe(counts ? 2 : 1);
            keys.Skipped.Select(skipped => skipped.Reason).ShouldBe(counts ? [] : ["its size is not 2048 to 8192 bits"]);
        }
    }

    [Theory]
    [InlineData("use")]
    [InlineData("alg")]
    [InlineData("key_ops")]
    public void What_a_key_need_not_say_it_may_leave_out(string member)
    {
        var key = Good.ToJwk();
        key.Remove(member);
        Parse(key).Keys.ShouldNotBeNull().Find(Good.Kid).ShouldNotBeNull();
    }

    [Fact]
    public void Private_members_are_ignored_and_the_key_holds_none()
    {
        var jwk = Good.ToJwk();
        jwk["d"] = Base64UrlEncoder.Encode(Good.Rsa.ExportParameters(true).D);
        jwk["key_ops"] = new JsonArray("sign", "verify");

        var key = Parse(jwk).Keys.ShouldNotBeNull().Find(Good.Kid).ShouldBeOfType<RsaSecurityKey>();

        key.PrivateKeyStatus.ShouldBe(PrivateKeyStatus.DoesNotExist);
        key.Parameters.D.ShouldBeNull();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    public void Two_different_usable_keys_with_one_kid_refuse_the_set(int maximumKeys)
    {
        var twin = TestKey.Get("next").ToJwk();
        twin["kid"] = Good.Kid;

        var result = KeySetParser.Parse(Encoding.UTF8.GetBytes(KeysEndpoint.Document(Good.ToJwk(), twin)), maximumKeys);

        result.Succeeded.ShouldBeFalse();
        result.Detail.ShouldBe("two keys have the same kid");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [Trait("attack", "35")]
    public void A_key_that_is_listed_twice_with_the_same_values_is_one_key(int maximumKeys)
    {
        var again = Good.ToJwk();
        again.Remove("alg");
        again["n"] = Base64UrlEncoder.Encode([0, .. Good.Rsa.ExportParameters(false).Modulus!]);

        var result = KeySetParser.Parse(Encoding.UTF8.GetBytes(KeysEndpoint.Document(Good.ToJwk(), Good.ToJwk(), again)), maximumKeys);

        var keys = result.Keys.ShouldNotBeNull();
        keys.Count.ShouldBe(1);
        keys.Find(Good.Kid).ShouldNotBeNull();
        keys.Skipped.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("\"kid\":\"\\ud800\"")]
    [InlineData("\"kty\":\"\\ud800\"")]
    [InlineData("\"use\":\"sig\\udfff\"")]
    [InlineData("\"alg\":\"\\udc00\"")]
    [InlineData("\"key_ops\":[\"\\ud800\",\"verify\"]")]
    [InlineData("\"n\":\"\\ud800\"")]
    [InlineData("\"e\":\"\\ud800\"")]
    [InlineData("\"x5t\":\"\\ud800\"")]
    [InlineData("\"other\":{\"list\":[\"\\ud800\"]}")]
    [InlineData("\"\\ud800\":1")]
    [InlineData("\"other\":[{\"\\ud800\":1}]")]
    [Trait("attack", "35")]
    public void A_lone_surrogate_in_a_key_skips_that_key_only(string member)
    {
        var bad = TestKey.Get("next").ToJwk().ToJsonString()[..^1] + $",{member}}}";
        foreach (var document in new[] { $"[{bad},{Good.ToJwk().ToJsonString()}]", $"[{Good.ToJwk().ToJsonString()},{bad}]" })
        {
            var keys = KeySetParser.Parse(Encoding.UTF8.GetBytes($"{{\"keys\":{document}}}"), maximumKeys: 16).Keys.ShouldNotBeNull();

            keys.Count.ShouldBe(1);
            keys.Find(Good.Kid).ShouldNotBeNull();
            keys.Skipped.ShouldHaveSingleItem().Reason.ShouldBe("it has a string that is not valid Unicode");
        }
    }

    [Theory]
    [InlineData("\"\\ud800\":1,\"keys\":")]
    [InlineData("\"\\ud800eys\":1,\"public_cert\":{\"kid\":\"\\udfff\"},\"keys\":")]
    [Trait("attack", "35")]
    public void A_lone_surrogate_beside_the_keys_hides_no_key(string before)
    {
        var members = $"{before}[{Good.ToJwk().ToJsonString()}]";
        foreach (var document in new[] { $"{{{members}}}", $"{{{members},\"\\ud800\":1,\"\\ud800eys\":2}}" })
        {
            KeySetParser.Parse(Encoding.UTF8.GetBytes(document), maximumKeys: 16).Keys.ShouldNotBeNull().Find(Good.Kid).ShouldNotBeNull();
        }
    }

    [Fact]
    [Trait("attack", "35")]
    public void A_skipped_key_with_a_lone_surrogate_in_its_kid_is_named_by_the_escape()
    {
        var bad = TestKey.Get("next").ToJwk().ToJsonString()[..^1] + ",\"kid\":\"a\\ud800\"}";

        var keys = KeySetParser.Parse(Encoding.UTF8.GetBytes($"{{\"keys\":[{bad},{Good.ToJwk().ToJsonString()}]}}"), maximumKeys: 16).Keys;

        keys.ShouldNotBeNull().Skipped.ShouldHaveSingleItem().Kid.ShouldBe("a\\\\ud800");
    }

    [Fact]
    public void No_more_keys_are_taken_than_allowed()
    {
        var keys = Enumerable.Range(0, 20).Select(number =>
        {
            var key = Good.ToJwk();
            key["kid"] = $"kid-{number}";
            return (JsonNode)key;
        });

        var result = KeySetParser.Parse(Encoding.UTF8.GetBytes(KeysEndpoint.Document(keys)), maximumKeys: 16);

        result.Keys.ShouldNotBeNull().Count.ShouldBe(16);
        result.Keys.Skipped.Select(skipped => skipped.Reason).ShouldBe(Enumerable.Repeat("more than 16 keys are published", 4));
    }

    [Fact]
    public void Any_number_of_unusable_keys_hides_no_good_one()
    {
        var keys = Enumerable.Repeat("kty EC", 40).Select(Unusable).Append(Good.ToJwk());
        Parse([.. keys]).Keys.ShouldNotBeNull().Skipped.Count.ShouldBe(16);
    }

    [Fact]
    public void Certificates_beside_the_keys_are_never_used()
    {
        using var certificate = new System.Security.Cryptography.X509Certificates.CertificateRequest(
            "CN=cloudflareaccess.com", TestKey.Get("next").Rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(TestClock.DefaultStart, TestClock.DefaultStart.AddYears(1));
        var pem = new JsonObject { ["kid"] = TestKey.Get("next").Kid, ["cert"] = certificate.ExportCertificatePem() };
        var document = new JsonObject
        {
            ["keys"] = new JsonArray(Good.ToJwk()),
            ["public_cert"] = pem.DeepClone(),
            ["public_certs"] = new JsonArray(pem),
        };

        var keys = KeySetParser.Parse(Encoding.UTF8.GetBytes(document.ToJsonString()), 16).Keys.ShouldNotBeNull();

        keys.Count.ShouldBe(1);
        keys.Find(TestKey.Get("next").Kid).ShouldBeNull();
    }

    [Fact]
    public void The_kid_of_a_skipped_key_is_escaped_and_shortened()
    {
        var key = TestKey.Get("weak", 1024).ToJwk();
        key["kid"] = "<a>\r\n\u202e" + new string('x', 500);

        var skipped = Parse(key, Good.ToJwk()).Keys.ShouldNotBeNull().Skipped.Single();

        skipped.Kid.Length.ShouldBeLessThanOrEqualTo(81);
        skipped.Kid.ShouldAllBe(character => !char.IsControl(character) && character != '<' && character != '\u202e');
    }

    [Theory]
    [InlineData(80, 80, "")]
    [InlineData(81, 80, "…")]
    public void The_kid_of_a_skipped_key_is_told_up_to_eighty_characters(int length, int told, string end)
    {
        var key = TestKey.Get("weak", 1024).ToJwk();
        key["kid"] = new string('x', length);
        Parse(key, Good.ToJwk()).Keys.ShouldNotBeNull().Skipped.Single().Kid.ShouldBe(new string('x', told) + end);
    }

    [Theory]
    [InlineData("no kid")]
    [InlineData("kid a number")]
    [InlineData("a list")]
    public void A_skipped_key_without_a_kid_is_told_as_one_that_has_none(string name) =>
        Parse(Unusable(name), Good.ToJwk()).Keys.ShouldNotBeNull().Skipped.Single().Kid.ShouldBe("(none)");

    [Fact]
    public async Task A_skipped_key_is_warned_of_once_while_it_stays_published()
    {
        await using var rig = await KeyRig.StartAsync();
        rig.Endpoint.AnswerWith(200, KeysEndpoint.Document(Unusable("e = 1"), Good.ToJwk()));
        for (var fetch = 1; fetch <= 3; fetch++)
        {
            rig.Provider.Refresh();
            await rig.FetchedAsync(fetch);
        }

        rig.Log.Named("KeySkipped").ShouldHaveSingleItem().Message.ShouldBe(
            $"Passed over a signing key of {rig.Endpoint.CertsUrl}, kid {KeyRig.Next.Kid}: e is not an odd number of at least 3.");
    }

    private static KeyFetchResult Parse(params JsonNode[] keys) =>
        KeySetParser.Parse(Encoding.UTF8.GetBytes(KeysEndpoint.Document(keys)), maximumKeys: 16);

    private static JsonNode Unusable(string name)
    {
        var key = TestKey.Get("next").ToJwk();
        var modulus = TestKey.Get("next").Rsa.ExportParameters(false).Modulus!;
        switch (name)
        {
            case "a 1024-bit key": return TestKey.Get("weak", 1024).ToJwk();
            case "kty EC": key["kty"] = "EC"; break;
            case "kty oct": key["kty"] = "oct"; break;
            case "no kty": key.Remove("kty"); break;
            case "kty a number": key["kty"] = 1; break;
            case "use enc": key["use"] = "enc"; break;
            case "use null": key["use"] = null; break;
            case "key_ops without verify": key["key_ops"] = new JsonArray("sign", 1); break;
            case "key_ops a string": key["key_ops"] = "verify"; break;
            case "alg RS512": key["alg"] = "RS512"; break;
            case "alg PS256": key["alg"] = "PS256"; break;
            case "no kid": key.Remove("kid"); break;
            case "an empty kid": key["kid"] = string.Empty; break;
            case "kid a number": key["kid"] = 7; break;
            case "e = 1": key["e"] = "AQ"; break;
            case "e even": key["e"] = "AQAA"; break;
            case "e zero": key["e"] = "AA"; break;
            case "no e": key.Remove("e"); break;
            case "no n": key.Remove("n"); break;
            case "n not base64url": key["n"] = key["n"]!.GetValue<string>() + "+/="; break;
            case "n even": key["n"] = Base64UrlEncoder.Encode([.. modulus[..^1], (byte)(modulus[^1] & 0xFE)]); break;
            case "n padded with zeros to 2048 bits": key["n"] = Base64UrlEncoder.Encode([.. new byte[128], .. modulus[128..]]); break;
            case "n of 16384 bits": key["n"] = Base64UrlEncoder.Encode([.. Enumerable.Repeat(modulus, 8).SelectMany(bytes => bytes)]); break;
            case "a list": return new JsonArray(key);
            default: throw new ArgumentOutOfRangeException(nameof(name), name, "Not a key.");
        }

        return key;
    }
}
