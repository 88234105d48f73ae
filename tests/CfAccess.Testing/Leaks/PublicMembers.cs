using System.Collections;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace CfAccess.Testing.Leaks;

/// <summary>
/// Looks for a secret in everything that public members of an object lead to, whatever type an object has at run time: properties, fields,
/// elements of a sequence. That includes all that a destructuring logger writes.
/// </summary>
/// <param name="onPurpose">Members that may hold a secret, each as <c>Type.Member</c>.</param>
public sealed class PublicMembers(params IEnumerable<string> onPurpose)
{
    /// <summary>A logger such as Serilog stops at 10.</summary>
    private const int MaximumDepth = 12;

    private const int MaximumElements = 1_000;

    private readonly HashSet<string> _onPurpose = new(onPurpose, StringComparer.Ordinal);

    /// <returns>The paths of the members that hold the secret.</returns>
    public IReadOnlyList<string> Find(object root, IReadOnlyCollection<string> secrets)
    {
        List<string> found = [];
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var waiting = new Queue<(object Value, string Path, int Depth)>([(root, root.GetType().Name, 0)]);
        while (waiting.TryDequeue(out var next))
        {
            if (TextOf(next.Value) is { } text)
            {
                found.AddRange(secrets.Where(secret => text.Contains(secret, StringComparison.Ordinal)).Select(_ => next.Path));
            }
            else if (next.Depth < MaximumDepth && !IsLeaf(next.Value) && seen.Add(next.Value))
            {
                foreach (var (value, name) in MembersOf(next.Value).Concat(ElementsOf(next.Value)))
                {
                    waiting.Enqueue((value, next.Path + name, next.Depth + 1));
                }
            }
        }

        return found;
    }

    private static string? TextOf(object value) => value switch
    {
        string text => text,
        StringBuilder text => text.ToString(),
        char[] text => new string(text),
        byte[] bytes => Encoding.Latin1.GetString(bytes),
        ReadOnlyMemory<byte> bytes => Encoding.Latin1.GetString(bytes.Span),
        Memory<byte> bytes => Encoding.Latin1.GetString(bytes.Span),
        JsonElement json => json.ValueKind == JsonValueKind.Undefined ? string.Empty : json.GetRawText(),
        _ => null,
    };

    /// <summary>
    /// A request is the framework's, and so are its headers. What is of the test is as if it were the application's own. The rest leads nowhere,
    /// or cannot be looked at without waiting.
    /// </summary>
    private static bool IsLeaf(object value) =>
        value is HttpContext or HttpRequest or HttpResponse or MemberInfo or Assembly or Module or Task or Stream or TextWriter or TextReader
            or WaitHandle or CancellationToken or Thread or DateTime or DateTimeOffset or TimeSpan or Guid or Encoding
        || value.GetType() is { IsPrimitive: true } or { IsEnum: true } or { IsPointer: true }
        || value.GetType().Assembly.GetName().Name is { } name
            && (name == "CfAccess.Testing" || name.EndsWith(".Tests", StringComparison.Ordinal));

    private IEnumerable<(object Value, string Name)> MembersOf(object value)
    {
        const BindingFlags Public = BindingFlags.Instance | BindingFlags.Public;
        var type = value.GetType();
        foreach (var member in type.GetProperties(Public).Where(IsReadable).Concat<MemberInfo>(type.GetFields(Public)))
        {
            if (!_onPurpose.Contains($"{member.DeclaringType?.Name}.{member.Name}") && Read(member, value) is { } read)
            {
                yield return (read, $".{member.Name}");
            }
        }
    }

    private static bool IsReadable(PropertyInfo property) =>
        property.GetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0 && !property.PropertyType.IsByRefLike;

    private static object? Read(MemberInfo member, object value)
    {
        try
        {
            return member is PropertyInfo property ? property.GetValue(value) : ((FieldInfo)member).GetValue(value);
        }
        catch (Exception exception) when (exception is TargetInvocationException or NotSupportedException or InvalidOperationException)
        {
            // A member that cannot be read shows nothing.
            return null;
        }
    }

    private static List<(object Value, string Name)> ElementsOf(object value)
    {
        List<(object Value, string Name)> elements = [];
        try
        {
            foreach (var element in value as IEnumerable ?? Array.Empty<object>())
            {
                if (elements.Count == MaximumElements)
                {
                    break;
                }

                if (element is not null)
                {
                    elements.Add((element, $"[{elements.Count}]"));
                }
            }
        }
        catch (Exception exception) when (exception is NotSupportedException or InvalidOperationException)
        {
            // What cannot be enumerated shows what it showed so far.
        }

        return elements;
    }
}
