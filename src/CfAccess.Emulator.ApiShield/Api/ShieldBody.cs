using System.Text;
using System.Text.Json;
using CfAccess.Emulator.ApiShield.Bodies;
using CfAccess.Emulator.ApiShield.Responses;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace CfAccess.Emulator.ApiShield.Api;

/// <summary>Reads the JSON of a request.</summary>
internal static class ShieldBody
{
    public const int Longest = 1024 * 1024;

    /// <param name="context">The request.</param>
    /// <param name="hint">What to send if the body is missing.</param>
    /// <returns>The JSON, or why it cannot be read.</returns>
    public static async Task<(JsonElement Body, ShieldAnswer? Refusal)> ReadAsync(HttpContext context, string hint)
    {
        try
        {
            if (await ReadBytesAsync(context).ConfigureAwait(false) is not { } utf8)
            {
                return (default, ShieldAnswer.Refuse(
                    StatusCodes.Status413PayloadTooLarge, ShieldCodes.TooLong, $"The body is longer than {Longest} bytes. Send less at once."));
            }

            // First of all: a client that sends no body sends no content type either.
            if (utf8.IsEmpty)
            {
                return (default, ShieldAnswer.Refuse(
                    StatusCodes.Status400BadRequest, ShieldCodes.Invalid, "The body is missing. " + hint, pointer: string.Empty));
            }

            if (!IsJson(context.Request.ContentType))
            {
                return (default, ShieldAnswer.Refuse(
                    StatusCodes.Status415UnsupportedMediaType,
                    ShieldCodes.ContentType,
                    "The body has to be JSON in UTF-8. Send Content-Type: application/json."));
            }

            var problems = new BodyProblems();
            return BodyJson.Parse(utf8, problems) is { } body ? (body, null) : (default, ShieldAnswer.Refuse(problems));
        }
        catch (BadHttpRequestException)
        {
            return (default, ShieldAnswer.Refuse(
                StatusCodes.Status400BadRequest, ShieldCodes.Invalid, "The body could not be read: it breaks off, or is not sent as HTTP has it."));
        }
    }

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || type.Encoding is UTF8Encoding);

    private static async Task<ReadOnlyMemory<byte>?> ReadBytesAsync(HttpContext context)
    {
        if (context.Request.ContentLength > Longest)
        {
            return null;
        }

        using var copy = new MemoryStream();
        var part = new byte[16 * 1024];
        while (await context.Request.Body.ReadAsync(part, context.RequestAborted).ConfigureAwait(false) is > 0 and var length)
        {
            if (copy.Length + length > Longest)
            {
                return null;
            }

            copy.Write(part, 0, length);
        }

        return copy.ToArray();
    }
}
