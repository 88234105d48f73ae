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

            ReadAllTexts(json.Span);
            using var document = JsonDocument.Parse(json, Strict);
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

        var areWhole = true;
        var groups = root.Member("groups") is { } given && CountsGroupsOf(root) ? GroupReader.Read(given, out areWhole) : [];
        return IdentityFetchResult.Success(new AccessIdentity(root.Clone(), answered, groups.AsReadOnly()), json, !areWhole);
    }

    private bool CountsGroupsOf(JsonElement root) => _providers.Count == 0
        || (root.Member("idp") is { } provider && (IsNamed(provider.Text("id")) || IsNamed(provider.Text("type"))));

    private bool IsNamed(string? provider) => provider is not null && _providers.Contains(provider);

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
