using System.Text;
using CfAccess.AspNetCore.Keys;
using CfAccess.Testing;

namespace CfAccess.AspNetCore.Tests.Keys;

/// <summary>RFC 8259 demands UTF-8 without a byte order mark. A mirror or a proxy may send something else, which JwtBearer reads too.</summary>
public sealed class KeySetEncodingTests
{
    public static TheoryData<string> Encodings => ["utf-8", "utf-16", "utf-16BE", "utf-32"];

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task A_key_set_with_a_byte_order_mark_is_read(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        await using var rig = await KeyRig.StartAsync();
        rig.Endpoint.AnswerWith([.. encoding.Preamble, .. encoding.GetBytes(KeysEndpoint.Document(KeyRig.Next.ToJwk()))]);

        (await rig.StatusAsync(KeyRig.Next)).ShouldBe(KeyStatus.Found);
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("UTF-16LE")]
    [InlineData("utf-16be")]
    [InlineData("\"utf-16\"")]
    public async Task A_key_set_in_UTF_16_without_a_byte_order_mark_is_read_if_its_type_names_the_encoding(string charset)
    {
        await using var rig = await KeyRig.StartAsync();
        rig.Endpoint.AnswerWith(
            Encoding.GetEncoding(charset.Trim('"')).GetBytes(KeysEndpoint.Document(KeyRig.Next.ToJwk())), $"application/json; charset={charset}");

        (await rig.StatusAsync(KeyRig.Next)).ShouldBe(KeyStatus.Found);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("iso-8859-1")]
    [InlineData("unknown")]
    public async Task A_key_set_in_UTF_8_is_read_whatever_else_its_type_names(string charset)
    {
        await using var rig = await KeyRig.StartAsync();
        rig.Endpoint.AnswerWith(Encoding.UTF8.GetBytes(KeysEndpoint.Document(KeyRig.Next.ToJwk())), $"application/json; charset={charset}");

        (await rig.StatusAsync(KeyRig.Next)).ShouldBe(KeyStatus.Found);
    }

    [Fact]
    [Trait("attack", "35")]
    public async Task A_lone_surrogate_in_UTF_16_skips_its_key_only()
    {
        var bad = KeyRig.Next.ToJwk().ToJsonString()[..^1] + ",\"x\":\"?\"}";
        var text = $"{{\"keys\":[{bad},{KeyRig.Current.ToJwk().ToJsonString()}]}}";
        var body = Encoding.Unicode.GetBytes(text);
        (body[text.IndexOf('?', StringComparison.Ordinal) * 2], body[(text.IndexOf('?', StringComparison.Ordinal) * 2) + 1]) = (0x00, 0xD8);
        await using var rig = await KeyRig.StartAsync();
        rig.Endpoint.AnswerWith([.. Encoding.Unicode.Preamble, .. body]);

        (await rig.StatusAsync(KeyRig.Current)).ShouldBe(KeyStatus.Found);
        rig.Find(KeyRig.Next).ShouldBeNull();
        rig.Log.Named("KeySkipped").ShouldHaveSingleItem().Message.ShouldContain("it has a string that is not valid Unicode");
    }

    [Fact]
    public async Task UTF_16_that_is_cut_off_is_not_a_key_set()
    {
        var body = Encoding.Unicode.GetBytes(KeysEndpoint.Document(KeyRig.Next.ToJwk()));
        await using var rig = await KeyRig.StartAsync();
        rig.Endpoint.AnswerWith([.. Encoding.Unicode.Preamble, .. body[..^1]]);

        (await rig.StatusAsync(KeyRig.Next)).ShouldBe(KeyStatus.Unavailable);
        rig.Provider.Report().LastFailure.ShouldBe("the answer is not JSON");
    }
}
