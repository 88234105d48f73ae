using System.Text.Json;
using CfAccess.Shared.Backchannel;
using Microsoft.AspNetCore.Http;

namespace CfAccess.AspNetCore.ExternalEvaluation;

/// <summary>Reads what Access posts: <c>{"token": "…"}</c>, and other members that mean nothing here.</summary>
internal static class EvaluationBody
{
    /// <summary>In bytes. A person's identity, with hundreds of groups, has room in it.</summary>
    public const int Largest = 64 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <returns>The token, or why there is none.</returns>
    /// <exception cref="OperationCanceledException">The caller went away.</exception>
    public static async Task<(string? Token, EvaluationRefusal Refusal)> ReadAsync(HttpRequest request)
    {
        // What Access writes there is not documented; without one it may be JSON, as another type it is not.
        if (!string.IsNullOrEmpty(request.ContentType) && !request.HasJsonContentType())
        {
            return (null, EvaluationRefusal.UnsupportedMediaType);
        }

        if (request.ContentLength > Largest)
        {
            return (null, EvaluationRefusal.TooLarge);
        }

        try
        {
            // The server's own limit is left as it is: of chunks it counts more than the bytes in them.
            return await ResponseBody.ReadAsync(request.Body, Largest, request.HttpContext.RequestAborted).ConfigureAwait(false) is { } body
                ? TokenOf(body)
                : (null, EvaluationRefusal.TooLarge);
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, EvaluationRefusal.TooLarge);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            // A body that breaks off, or is compressed in a way that it is not.
            return (null, EvaluationRefusal.Malformed);
        }
    }

    private static (string? Token, EvaluationRefusal Refusal) TokenOf(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("token", out var token)
                && token.ValueKind == JsonValueKind.String
                    ? (token.GetString(), default)
                    : (null, EvaluationRefusal.Malformed);
        }
        catch (JsonException)
        {
            return (null, EvaluationRefusal.Malformed);
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, written as an escape: valid JSON that is no text.
            return (null, EvaluationRefusal.Malformed);
        }
    }
}
