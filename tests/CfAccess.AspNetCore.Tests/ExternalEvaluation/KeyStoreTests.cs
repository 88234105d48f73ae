using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;

namespace CfAccess.AspNetCore.Tests.ExternalEvaluation;

public sealed class KeyStoreTests : IDisposable
{
    private readonly KeyDirectory _directory = new();

    [Fact]
    public async Task Published_keys_are_public()
    {
        await using var rig = await EvaluationRig.StartAsync(_directory);
        using var response = await rig.Host.GetAsync(token: null, "/evaluate/keys");
        var key = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["keys"]!.AsArray().ShouldHaveSingleItem()!.AsObject();

        key.Select(member => member.Key).ShouldBe(["kid", "kty", "alg", "use", "e", "n"]);
        (key["kty"]!.GetValue<string>(), key["alg"]!.GetValue<string>(), key["use"]!.GetValue<string>()).ShouldBe(("RSA", "RS256", "sig"));
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        response.Headers.CacheControl!.ToString().ShouldBe("public, max-age=300");
    }

    [Fact]
    public async Task A_restart_keeps_the_keys()
    {
        string[] before;
        await using (var rig = await EvaluationRig.StartAsync(_directory))
        {
            before = await rig.KidsAsync();
        }

        await using var again = await EvaluationRig.StartAsync(_directory);
        (await again.KidsAsync()).ShouldBe(before);
        (await again.SuccessAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task Instances_that_start_at_once_have_the_same_keys()
    {
        var rigs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => EvaluationRig.StartAsync(_directory))));
        var kids = new List<string>();
        var published = await rigs[0].JwksAsync();
        foreach (var rig in rigs)
        {
            kids.Add((await rig.KidsAsync()).ShouldHaveSingleItem());
            EvaluationRig.Verified(await EvaluationRig.AnswerOfAsync(await rig.PostAsync(rig.Mint())), published);
            await rig.DisposeAsync();
        }

        kids.Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task What_is_stored_is_encrypted_and_the_owners_alone()
    {
        await using var rig = await EvaluationRig.StartAsync(_directory);
        var stored = await File.ReadAllBytesAsync(_directory.File);

        Encoding.Latin1.GetString(stored).ShouldNotContain("private_key");
        Directory.GetFiles(_directory.Path).Select(Path.GetFileName).ShouldBe(["external-evaluation.keys", "external-evaluation.lock"], ignoreOrder: true);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(_directory.File).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.GetUnixFileMode(_directory.Path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("")]
    public async Task Damaged_keys_stop_the_start_and_stay_as_they_are(string content)
    {
        Directory.CreateDirectory(_directory.Path);
        await File.WriteAllTextAsync(_directory.File, content);

        var stopped = await Should.ThrowAsync<InvalidOperationException>(() => EvaluationRig.StartAsync(_directory));
        stopped.Message.ShouldContain($"in the directory {_directory.Path} cannot be read: Data Protection cannot decrypt them");
        (await File.ReadAllTextAsync(_directory.File)).ShouldBe(content);
    }

    [Fact]
    public async Task Keys_of_another_key_ring_stop_the_start_and_stay_as_they_are()
    {
        await using (await EvaluationRig.StartAsync(_directory))
        {
        }

        var before = await File.ReadAllBytesAsync(_directory.File);
        var stopped = await Should.ThrowAsync<InvalidOperationException>(
            () => EvaluationRig.StartAsync(_directory, keyRing: new EphemeralDataProtectionProvider()));
        stopped.Message.ShouldContain("give all instances the same one and the same SetApplicationName");
        (await File.ReadAllBytesAsync(_directory.File)).ShouldBe(before);
    }

    [Fact]
    public async Task A_document_that_is_protected_for_something_else_stops_the_start()
    {
        Directory.CreateDirectory(_directory.Path);
        await File.WriteAllBytesAsync(_directory.File, EvaluationRig.KeyRing.CreateProtector("another purpose").Protect("{\"keys\":[]}"u8.ToArray()));

        await Should.ThrowAsync<InvalidOperationException>(() => EvaluationRig.StartAsync(_directory));
    }

    [Theory]
    [InlineData("""{"keys":[{"private_key":"AAAA","signs_from":0,"retires":1,"ends":2}]}""")]
    [InlineData("""{"keys":null}""")]
    [InlineData("""{"keys":[null]}""")]
    [InlineData("""{}""")]
    [InlineData("""null""")]
    public async Task A_document_that_holds_no_keys_stops_the_start(string json)
    {
        Directory.CreateDirectory(_directory.Path);
        var protector = EvaluationRig.KeyRing.CreateProtector("CfAccess.ExternalEvaluation", "Keys", "v1");
        await File.WriteAllBytesAsync(_directory.File, protector.Protect(Encoding.UTF8.GetBytes(json)));

        (await Should.ThrowAsync<InvalidOperationException>(() => EvaluationRig.StartAsync(_directory))).Message.ShouldContain("or they are damaged");
    }

    [Fact]
    public async Task A_store_that_cannot_be_written_stops_the_start()
    {
        // A file where the directory should be: nobody can write below it, not even root.
        await File.WriteAllTextAsync(_directory.Path, "a file");

        var stopped = await Should.ThrowAsync<InvalidOperationException>(() => EvaluationRig.StartAsync(_directory));
        stopped.Message.ShouldContain($"cannot be written in the directory {_directory.Path}");
        stopped.Message.ShouldContain("CloudflareAccess:ExternalEvaluation:KeyDirectory");
    }

    [Fact]
    public async Task A_store_that_fails_later_is_told_once_and_the_keys_at_hand_go_on_until_they_end()
    {
        await using var rig = await EvaluationRig.StartAsync(_directory);
        await rig.SuccessAsync();
        var good = await File.ReadAllBytesAsync(_directory.File);
        await File.WriteAllTextAsync(_directory.File, "damaged");

        for (var day = 0; day < 30; day++)
        {
            rig.Clock.Advance(TimeSpan.FromDays(1));
            (await rig.SuccessAsync()).ShouldBeTrue();
        }

        rig.Host.Log.Named("EvaluationKeysFailed").Single().Level.ShouldBe(LogLevel.Error);
        (await File.ReadAllTextAsync(_directory.File)).ShouldBe("damaged");
        rig.Clock.Advance(TimeSpan.FromDays(1));
        (await rig.StatusAsync(rig.Mint())).ShouldBe(HttpStatusCode.ServiceUnavailable);
        rig.LastReason.ShouldBe("no_signing_key");
        (await rig.Host.StatusAsync(token: null, "/evaluate/keys")).ShouldBe(HttpStatusCode.ServiceUnavailable);

        await File.WriteAllBytesAsync(_directory.File, good);
        rig.Clock.Advance(TimeSpan.FromSeconds(31));
        (await rig.SuccessAsync()).ShouldBeTrue();
        rig.Host.Log.Named("EvaluationKeysRecovered").Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_relative_directory_is_below_the_content_root()
    {
        var root = Path.GetDirectoryName(_directory.Path)!;
        await using var rig = await EvaluationRig.StartAsync(
            _directory,
            configure: options => options.KeyDirectory = "keys",
            build: builder => builder.Services.AddSingleton<IHostEnvironment>(new HostingEnvironment { ContentRootPath = root }));

        File.Exists(_directory.File).ShouldBeTrue();
    }

    public void Dispose()
    {
        if (File.Exists(_directory.Path))
        {
            File.Delete(_directory.Path);
        }

        _directory.Dispose();
    }
}
