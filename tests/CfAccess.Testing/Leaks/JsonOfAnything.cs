using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace CfAccess.Testing.Leaks;

/// <summary>
/// Writes an object as System.Text.Json does where an application sets <see cref="ReferenceHandler.IgnoreCycles"/>. A member that cannot be
/// written is null, and does not end the writing of the others.
/// </summary>
public static class JsonOfAnything
{
    private static readonly JsonSerializerOptions Options = new()
    {
        ReferenceHandler = ReferenceHandler.IgnoreCycles,
        MaxDepth = 64,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { Tolerate } },
        Converters = { new WritesNull() },
    };

    public static string Write(object value)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { SkipValidation = true }))
        {
            try
            {
                JsonSerializer.Serialize(writer, value, value.GetType(), Options);
            }
            catch (Exception exception) when (exception is JsonException or NotSupportedException or InvalidOperationException)
            {
                // The test looks at what was written so far.
            }
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Tolerate(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.Get is { } get)
            {
                property.Get = owner => Read(get, owner);
            }
        }
    }

    private static object? Read(Func<object, object?> get, object owner)
    {
        try
        {
            return get(owner);
        }
        catch (Exception exception) when (exception is NotSupportedException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>For what no serializer writes, and for the request, whose headers are the framework's.</summary>
    private sealed class WritesNull : JsonConverter<object>
    {
        public override bool CanConvert(Type typeToConvert) =>
            typeof(Delegate).IsAssignableFrom(typeToConvert)
            || typeof(MemberInfo).IsAssignableFrom(typeToConvert)
            || typeof(Assembly).IsAssignableFrom(typeToConvert)
            || typeof(HttpContext).IsAssignableFrom(typeToConvert)
            || typeof(HttpRequest).IsAssignableFrom(typeToConvert)
            || typeof(HttpResponse).IsAssignableFrom(typeToConvert)
            || typeof(WaitHandle).IsAssignableFrom(typeToConvert)
            || typeof(TextWriter).IsAssignableFrom(typeToConvert)
            || typeof(Stream).IsAssignableFrom(typeToConvert)
            || typeToConvert == typeof(CancellationToken)
            || typeToConvert == typeof(IntPtr)
            || typeToConvert.IsByRefLike
            || typeToConvert.IsPointer;

        public override object Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, object value, JsonSerializerOptions options) => writer.WriteNullValue();
    }
}
