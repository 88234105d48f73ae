using System.Buffers;
using System.Text.Json;
using CfAccess.ApiShield;
using CfAccess.Emulator.ApiShield.Bodies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace CfAccess.Emulator.ApiShield.Evaluating;

/// <summary>A request that a body describes: <c>method</c>, <c>url</c>, <c>headers</c>, and when it comes, <c>time</c>.</summary>
/// <param name="Context">The request, as a server would have it.</param>
/// <param name="Time">When it comes; null for now.</param>
/// <param name="Matching">How it finds its operation.</param>
internal sealed record DescribedRequest(HttpContext Context, DateTimeOffset? Time, ApiShieldMatching Matching)
{
    private static readonly SearchValues<char> OfTokens =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    private static readonly SearchValues<char> OfNoValue = SearchValues.Create("\0\r\n");

    private const string EscapedNull = "%00";

    public static DescribedRequest? Read(JsonElement body, BodyProblems problems)
    {
        if (BodyReader.From(body, string.Empty, problems) is not { } reader)
        {
            return null;
        }

        var context = new DefaultHttpContext();
        var method = reader.Text("method", "Write the HTTP method, such as GET.");
        if (method is not null && !IsToken(method))
        {
            reader.Error("method", "is no HTTP method. Write one such as GET.");
        }

        var url = ReadUrl(reader);
        foreach (var (name, value, pointer) in Headers(reader))
        {
            AddHeader(context.Request.Headers, name, value, pointer, problems);
        }

        var time = reader.Time("time");
        if (time is { UtcDateTime.Year: < 1970 or > 9998 })
        {
            reader.Error("time", "is too far away. Write one of the years from 1970 to 9998.");
        }

        var matching = reader.Text("matching");
        if (matching is not (null or "edge" or "origin"))
        {
            reader.Error("matching", "is neither. Write \"edge\", which is the default, or \"origin\".");
        }

        reader.End();
        if (problems.HasErrors || method is null || url is null)
        {
            return null;
        }

        (context.Request.Method, context.Request.Scheme) = (method, url.Scheme);
        (context.Request.Host, context.Request.QueryString) = (new HostString(url.IdnHost), new QueryString(url.Query));
        context.Request.Path = PathString.FromUriComponent(url.AbsolutePath);
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = url.PathAndQuery;
        return new(context, time, matching == "origin" ? ApiShieldMatching.Origin : ApiShieldMatching.Edge);
    }

    private static Uri? ReadUrl(BodyReader reader)
    {
        const string hint = "Write one such as https://api.example.com/accounts/1.";
        if (reader.Text("url", hint) is not { } text)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var url)
            && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp)
            && HasHost(url))
        {
            if (!url.AbsolutePath.Contains(EscapedNull, StringComparison.Ordinal))
            {
                return url;
            }

            reader.Error("url", $"has an escaped null character ({EscapedNull}), which servers reject. Remove it.");
            return null;
        }

        reader.Error("url", "is no absolute URL of https or http, or its host is none. " + hint);
        return null;
    }

    /// <summary>What reads a request's host reads it so, and throws at <c>xn--</c> alone, which <see cref="Uri"/> takes.</summary>
    private static bool HasHost(Uri url)
    {
        try
        {
            return HostString.FromUriComponent(url.IdnHost).HasValue;
        }
        catch (Exception exception) when (exception is UriFormatException or ArgumentException)
        {
            return false;
        }
    }

    /// <summary>An object with a text or a list of texts for each name, or a list of pairs, whose order is kept.</summary>
    private static IEnumerable<(string Name, JsonElement Value, string Pointer)> Headers(BodyReader reader)
    {
        if (!reader.Has("headers", out var headers))
        {
            return [];
        }

        switch (headers.ValueKind)
        {
            case JsonValueKind.Object:
                return headers.EnumerateObject().SelectMany(header => header.Value.ValueKind == JsonValueKind.Array
                    ? header.Value.EnumerateArray().Select((value, index) =>
                        (header.Name, value, JsonPointer.Item(JsonPointer.Member("/headers", header.Name), index)))
                    : [(header.Name, header.Value, JsonPointer.Member("/headers", header.Name))]);
            case JsonValueKind.Array when headers.EnumerateArray().All(IsPair):
                return headers.EnumerateArray().Select((pair, index) => (pair[0].GetString()!, pair[1], JsonPointer.Item("/headers", index)));
            default:
                reader.Error("headers", "has to be an object such as { \"cookie\": \"a=b\" }, or a list of pairs such as [ \"cookie\", \"a=b\" ].");
                return [];
        }
    }

    private static bool IsPair(JsonElement pair) =>
        pair.ValueKind == JsonValueKind.Array && pair.GetArrayLength() == 2 && pair[0].ValueKind == JsonValueKind.String;

    private static void AddHeader(IHeaderDictionary headers, string name, JsonElement value, string pointer, BodyProblems problems)
    {
        if (!IsToken(name))
        {
            problems.Error(pointer, "has no name that a header can have.");
        }
        else if (name.Equals(HeaderNames.Host, StringComparison.OrdinalIgnoreCase))
        {
            problems.Error(pointer, "is the host, which url names. Leave it out.");
        }
        else if (value.ValueKind != JsonValueKind.String || value.GetString()!.AsSpan().ContainsAny(OfNoValue))
        {
            problems.Error(pointer, "has to be a text without line ends.");
        }
        else
        {
            headers.Append(name, value.GetString());
        }
    }

    private static bool IsToken(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExcept(OfTokens);
}
