using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.AspNetCore.Tests.Differential;

/// <summary>How the segments of a token are written. The signature is made over what is written.</summary>
internal enum Spelling
{
    Canonical,
    PaddedHeader,
    PaddedPayload,
    PaddedSignature,
    UnusedBitsInHeader,
    UnusedBitsInPayload,
    UnusedBitsInSignature,
    OtherAlphabetInSignature,
    LineBreakInPayload,
    LineBreakInSignature,
    SpaceBefore,
    SpaceAfter,
    BearerBefore,
    DotAfter,
    FourSegments,
    TwoSegments,
    EmptyHeader,
    EmptyPayload,
    Utf16Payload,
    InvalidUtf8Payload,
}

/// <summary>Writes the segments.</summary>
internal static class Spellings
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    /// <summary>One whose unused bits can be set, or which can be padded.</summary>
    public static string MakeRoom(string json) => Encoding.UTF8.GetByteCount(json) % 3 == 0 ? json[..^1] + " " + json[^1] : json;

    public static (string Header, string Payload) Write(Spelling spelling, string header, string payload)
    {
        var (head, body) = (Encode(header), Encode(payload));
        return spelling switch
        {
            Spelling.PaddedHeader => (Padded(Encode(MakeRoom(header))), body),
            Spelling.PaddedPayload => (head, Padded(Encode(MakeRoom(payload)))),
            Spelling.UnusedBitsInHeader => (WithUnusedBits(Encode(MakeRoom(header))), body),
            Spelling.UnusedBitsInPayload => (head, WithUnusedBits(Encode(MakeRoom(payload)))),
            Spelling.LineBreakInPayload => (head, body.Insert(20, "\n")),
            Spelling.EmptyHeader => (string.Empty, body),
            Spelling.EmptyPayload => (head, string.Empty),
            Spelling.Utf16Payload => (head, Base64UrlEncoder.Encode(Encoding.Unicode.GetBytes(payload))),
            Spelling.InvalidUtf8Payload => (head, Base64UrlEncoder.Encode(WithInvalidName(payload))),
            _ => (head, body),
        };
    }

    public static string Finish(Spelling spelling, string content, byte[] signature)
    {
        var segment = Base64UrlEncoder.Encode(signature);
        return spelling switch
        {
            Spelling.PaddedSignature => $"{content}.{Padded(segment)}",
            Spelling.UnusedBitsInSignature when segment.Length > 0 => $"{content}.{WithUnusedBits(segment)}",
            Spelling.OtherAlphabetInSignature => $"{content}.{segment.Replace('-', '+').Replace('_', '/')}",
            Spelling.LineBreakInSignature => $"{content}.{segment.Insert(segment.Length / 2, "\n")}",
            Spelling.SpaceBefore => $" {content}.{segment}",
            Spelling.SpaceAfter => $"{content}.{segment} ",
            Spelling.BearerBefore => $"Bearer {content}.{segment}",
            Spelling.DotAfter => $"{content}.{segment}.",
            Spelling.FourSegments => $"{content}.{segment}.{segment}",
            Spelling.TwoSegments => content,
            _ => $"{content}.{segment}",
        };
    }

    private static string Encode(string json) => Base64UrlEncoder.Encode(Encoding.UTF8.GetBytes(json));

    private static string Padded(string segment) => segment.PadRight((segment.Length + 3) / 4 * 4, '=');

    private static string WithUnusedBits(string segment) =>
        segment[..^1] + Alphabet[Alphabet.IndexOf(segment[^1], StringComparison.Ordinal) | 1];

    private static byte[] WithInvalidName(string payload) =>
        [.. Encoding.UTF8.GetBytes("{\"x\":\""), 0xff, .. Encoding.UTF8.GetBytes($"\",{payload[1..]}")];
}
