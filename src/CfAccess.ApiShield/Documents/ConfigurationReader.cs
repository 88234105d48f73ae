using System.Globalization;
using System.Text.Json;
using CfAccess.ApiShield.Rules;
using CfAccess.ApiShield.Tokens;

namespace CfAccess.ApiShield.Documents;

/// <summary>Reads token configurations.</summary>
internal sealed class ConfigurationReader(ApiShieldOptions options, TimeProvider clock)
{
    private const string TokenType = "JWT";

    /// <summary>Reads all configurations of a document; the result is whole only if there are no errors.</summary>
    public IReadOnlyList<ConfigurationInForce> ReadAll(IReadOnlyList<(JsonElement Item, string Pointer)> items, ProblemList problems)
    {
        List<ConfigurationInForce> configurations = [];
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        if (items.Count > DocumentLimits.Configurations)
        {
            problems.Error(string.Empty, $"has {items.Count} token configurations, more than the {DocumentLimits.Configurations} that a zone may have.");
        }

        foreach (var (item, pointer) in items)
        {
            if (Read(item, pointer, problems) is not { } read)
            {
                continue;
            }

            configurations.Add(read);
            if (!ids.TryAdd(read.Document.Id, pointer))
            {
                problems.Error(JsonPointer.Member(pointer, "id"), $"is that of {ids[read.Document.Id]} too. Write another UUID.");
            }
        }

        return configurations;
    }

    /// <summary>Reads one configuration.</summary>
    /// <param name="item">The JSON.</param>
    /// <param name="pointer">Where it stands.</param>
    /// <param name="problems">Takes what is wrong.</param>
    /// <param name="hasIdentity">Whether it is one that is saved already; a new one is given its identity afterwards.</param>
    public ConfigurationInForce? Read(JsonElement item, string pointer, ProblemList problems, bool hasIdentity = true)
    {
        if (ObjectReader.Of(item, pointer, problems) is not { } reader)
        {
            return null;
        }

        var id = reader.Id("id", hasIdentity);
        var title = reader.Text("title", "Write a name of at most 50 characters.", DocumentLimits.Title);
        var description = reader.Text("description", maximumLength: DocumentLimits.Description);
        var locations = ReadSources(reader);
        var type = reader.Text("token_type", "Write \"JWT\".");
        if (type is not null && !type.Equals(TokenType, StringComparison.OrdinalIgnoreCase))
        {
            reader.Error("token_type", "is no type that there is. Write \"JWT\".");
        }

        var keys = CredentialsReader.Read(reader);
        var (createdAt, lastUpdated) = (reader.Time("created_at"), reader.Time("last_updated"));
        reader.End();
        if ((id is null && hasIdentity) || title is null || locations.Count == 0 || keys.Count == 0)
        {
            return null;
        }

        var document = new ApiShieldTokenConfiguration
        {
            Id = id ?? string.Empty,
            Title = title,
            Description = description ?? string.Empty,
            TokenSources = [.. locations.Select(location => location.ToString())],
            TokenType = TokenType,
            Credentials = new() { Keys = [.. keys.Select(CredentialsReader.Show)] },
            CreatedAt = createdAt,
            LastUpdated = lastUpdated,
        };
        return new ConfigurationInForce(
            document,
            pointer,
            locations,
            keys,
            new TokenLocator(locations, options.RejectDifferentTokens),
            new JwtVerifier(keys, options.MaxTokenLength, clock));
    }

    private static List<TokenLocation> ReadSources(ObjectReader reader)
    {
        const string name = "token_sources";
        List<TokenLocation> locations = [];
        var sources = reader.Texts(name, "Write a list such as [ \"http.request.headers[\\\"authorization\\\"][0]\" ].");
        if (reader.Length(name) is 0 or > DocumentLimits.TokenSources)
        {
            reader.Error(name, $"has to have 1 to {DocumentLimits.TokenSources} sources.");
        }

        foreach (var (text, pointer) in sources)
        {
            if (TokenLocation.TryParse(text, out var location, out var error))
            {
                locations.Add(location);
            }
            else
            {
                reader.Problems.Error(pointer, string.Create(
                    CultureInfo.InvariantCulture, $"is no token source, at character {error.Position + 1}: {error.Message}."));
            }
        }

        return locations;
    }
}
