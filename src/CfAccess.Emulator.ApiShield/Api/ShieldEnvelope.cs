using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using CfAccess.Emulator.ApiShield.Responses;

namespace CfAccess.Emulator.ApiShield.Api;

/// <summary>What Cloudflare's API puts around every answer.</summary>
internal static class ShieldEnvelope
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlyMemory<byte> Write(ShieldAnswer answer)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            writer.WritePropertyName("result");
            (answer.Result ?? WriteNothing)(writer);
            writer.WriteBoolean("success", answer.Errors.Count == 0);
            WriteNotes(writer, "errors", answer.Errors);
            WriteNotes(writer, "messages", answer.Messages);
            answer.Beside?.Invoke(writer);
            answer.Page?.Write(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static void WriteNothing(Utf8JsonWriter writer) => writer.WriteNullValue();

    private static void WriteNotes(Utf8JsonWriter writer, string name, IReadOnlyList<ShieldNote> notes)
    {
        writer.WriteStartArray(name);
        foreach (var note in notes)
        {
            writer.WriteStartObject();
            writer.WriteNumber("code", note.Code);
            writer.WriteString("message", ShieldCodes.IsOwn(note.Code) ? ShieldCodes.OwnPrefix + note.Message : note.Message);
            if (note.Pointer is { } pointer)
            {
                writer.WriteStartObject("source");
                writer.WriteString("pointer", pointer);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
