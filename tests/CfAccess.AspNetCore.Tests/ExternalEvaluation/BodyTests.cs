using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace CfAccess.AspNetCore.Tests.ExternalEvaluation;

/// <summary>What is posted, before there is a token; in memory, where nothing bounds a body but the endpoint, and over a socket.</summary>
public sealed class BodyTests : EvaluationRigTests
{
    private const int Largest = 64 * 1024;

    public static TheoryData<string> NoRequests => new()
    {
        string.Empty,
        " ",
        "token",
        "{",
        "[]",
        "null",
        "{}",
        "{\"Token\":\"a.b.c\"}",
        "{\"token\":null}",
        "{\"token\":1}",
        "{\"token\":[\"a.b.c\"]}",
        "{\"token\":\"\"}",
        "{\"token\":\"\\ud800\"}",
        "{\"\\ud800\":1,\"token\":\"a.b.c\"}",
        "{\"token\":\"a.b.c\",\"token\":\"a.b.c\"}",
        "{\"token\":\"a.b.c\"} x",
        "\uFEFF{\"token\":\"a.b.c\"}",
        new string('[', 1000),
    };

    [Theory]
    [MemberData(nameof(NoRequests))]
    public async Task What_is_no_request_is_refused(string body)
    {
        using var response = await Rig.PostAsync(new StringContent(body, Encoding.UTF8, "application/json"));

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        Rig.LastReason.ShouldBe("malformed");
        (await response.Content.ReadAsStringAsync()).ShouldBe("""{"error":"refused"}""");
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_refused()
    {
        using var response = await Rig.PostAsync(Json([.. "{\"token\":\""u8, 0xff, 0xfe, .. "\"}"u8]));

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("application/json", HttpStatusCode.OK)]
    [InlineData("application/json; charset=utf-8", HttpStatusCode.OK)]
    [InlineData("Application/JSON", HttpStatusCode.OK)]
    [InlineData(null, HttpStatusCode.OK)]
    [InlineData("text/plain", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/x-www-form-urlencoded", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/jsonp", HttpStatusCode.UnsupportedMediaType)]
    public async Task Another_type_than_json_is_refused(string? type, HttpStatusCode status)
    {
        var body = EvaluationRig.Body(Rig.Mint());
        body.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        using var response = await Rig.PostAsync(body);

        response.StatusCode.ShouldBe(status);
        if (status != HttpStatusCode.OK)
        {
            Rig.LastReason.ShouldBe("unsupported_media_type");
            (await response.Content.ReadAsStringAsync()).ShouldBe("""{"error":"unsupported_media_type"}""");
        }
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task A_body_of_64_KB_is_taken_and_one_byte_more_is_not(bool listens, bool chunked)
    {
        await using var rig = await EvaluationRig.StartAsync(Directory, listens: listens);

        using var taken = await rig.PostAsync(Sized(rig.Mint(), Largest, chunked));
        taken.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var refused = await rig.PostAsync(Sized(rig.Mint(), Largest + 1, chunked));
        refused.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        rig.LastReason.ShouldBe("too_large");
        (await refused.Content.ReadAsStringAsync()).ShouldBe("""{"error":"too_large"}""");
    }

    [Fact]
    public async Task An_identity_nearly_as_large_as_the_body_may_be_is_taken()
    {
        await using var rig = await EvaluationRig.StartAsync(Directory, (identity, _) => Task.FromResult(identity.Groups.Count == 3000));

        (await rig.SuccessAsync(payload => payload["identity"]!["groups"] = new System.Text.Json.Nodes.JsonArray(
            [.. Enumerable.Range(0, 3000).Select(number => (System.Text.Json.Nodes.JsonNode)$"group {number:D5}")]))).ShouldBeTrue();
    }

    [Fact]
    public async Task Broken_chunks_are_refused()
    {
        await using var rig = await EvaluationRig.StartAsync(Directory, listens: true);
        var answer = await SendRawAsync(rig, "Transfer-Encoding: chunked\r\n\r\nnonsense\r\n");

        answer.ShouldStartWith("HTTP/1.1 400 ");
    }

    [Fact]
    public async Task A_compressed_body_is_no_json()
    {
        using var compressed = new MemoryStream();
        await using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(await EvaluationRig.Body(Rig.Mint()).ReadAsByteArrayAsync());
        }

        var body = Json(compressed.ToArray());
        body.Headers.ContentEncoding.Add("gzip");
        using var response = await Rig.PostAsync(body);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("GET", "/evaluate")]
    [InlineData("PUT", "/evaluate")]
    [InlineData("POST", "/evaluate/keys")]
    public async Task Other_methods_are_not_allowed(string method, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), path);
        using var response = await Rig.Host.Client.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }


    private static ByteArrayContent Json(byte[] bytes) => new(bytes) { Headers = { ContentType = new("application/json") } };

    private static HttpContent Sized(string token, int size, bool chunked)
    {
        var start = $$"""{"token":"{{token}}","filler":""" + "\"";
        var body = Encoding.UTF8.GetBytes(start + new string('x', size - start.Length - 2) + "\"}");
        body.Length.ShouldBe(size);
        HttpContent content = chunked ? new Unsized(body) : new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        return content;
    }

    private static async Task<string> SendRawAsync(EvaluationRig rig, string rest)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(rig.Host.Client.BaseAddress!.Host, rig.Host.Client.BaseAddress.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /evaluate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{rest}"));
        using var reader = new StreamReader(stream);
        return await reader.ReadLineAsync() ?? string.Empty;
    }

    /// <summary>Tells no length.</summary>
    private sealed class Unsized(byte[] body) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(body).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
