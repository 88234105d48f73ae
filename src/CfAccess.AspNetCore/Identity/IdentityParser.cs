using System.Text.Json;
using System.Text.Unicode;

namespace CfAccess.AspNetCore.Identity;

/// <summary>Makes an identity of an answer's bytes, if it is that of the person whom the token names.</summary>
internal sealed class IdentityParser(IEnumerable<string> identityProviders)
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly HashSet<string> _providers = identityProviders.ToHashSet(StringComparer.Ordinal);

    public IdentityFetchResult Parse(ReadOnlyMemory<byte> json, string email)
    {
        try
        {
            if (!Utf8.IsValid(json.Span))
            {
                return Unusable("the answer is not UTF-8");
            }

            using var document = ParseStrictly(json);
            return Read(document.RootElement, json, email);
        }
        catch (JsonException)
        {
            return Unusable("the answer is not JSON");
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, written as an escape: valid JSON that is no text.
            return Unusable("the answer holds text that is not UTF-8");
        }
    }

    /// <summary>Makes an identity of what a token holds, of whoever it is.</summary>
    /// <param name="json">A JSON object in UTF-8.</param>
    /// <returns>The identity; nothing where a member comes twice or a text is none.</returns>
    public AccessIdentity? Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = ParseStrictly(json);
            return Make(document.RootElement, document.RootElement.Text("email") ?? string.Empty, out _);
        }
        catch (JsonException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            // As above.
            return null;
        }
    }

    private IdentityFetchResult Read(JsonElement root, ReadOnlyMemory<byte> json, string email)
    {
        if (root.Text("email") is not { Length: > 0 } answered)
        {
            return Unusable("the answer has no e-mail address");
        }

        if (!string.Equals(answered, email, StringComparison.OrdinalIgnoreCase))
        {
            return IdentityFetchResult.Failure(IdentityFetchOutcome.WrongPerson, "the answer is another person's identity");
        }

        var identity = Make(root, answered, out var areWhole);
        return IdentityFetchResult.Success(identity, json, !areWhole);
    }

    private AccessIdentity Make(JsonElement root, string email, out bool areWhole)
    {
        areWhole = true;
        var groups = root.Member("groups") is { } given && CountsGroupsOf(root) ? GroupReader.Read(given, out areWhole) : [];
        return new AccessIdentity(root.Clone(), email, groups.AsReadOnly());
    }

    private bool CountsGroupsOf(JsonElement root) => _providers.Count == 0
        || (root.Member("idp") is { } provider && (IsNamed(provider.Text("id")) || IsNamed(provider.Text("type"))));

    private bool IsNamed(string? provider) => provider is not null && _providers.Contains(provider);

    private static JsonDocument ParseStrictly(ReadOnlyMemory<byte> json)
    {
        ReadAllTexts(json.Span);
        return JsonDocument.Parse(json, Strict);
    }

    /// <summary>Finds texts that are none also where nobody looks at them here: the application can read all of the answer.</summary>
    private static void ReadAllTexts(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.ValueIsEscaped)
            {
                reader.GetString();
            }
        }
    }

    private static IdentityFetchResult Unusable(string detail) => IdentityFetchResult.Failure(IdentityFetchOutcome.Unusable, detail);
}
