using CfAccess.ApiShield.Documents;

namespace CfAccess.ApiShield.Linting;

/// <summary>Token sources with a header under a name that Cloudflare does not know it by.</summary>
internal static class SourceFindings
{
    public static IEnumerable<ApiShieldProblem> Of(ApiShieldRuleSet set) =>
        from configuration in set.ConfigurationsInForce
        from source in configuration.Locations.Index()
        where !source.Item.IsCookie && source.Item.Name.Any(char.IsAsciiLetterUpper)
        select new ApiShieldProblem(
            ApiShieldDocumentKind.Configurations,
            JsonPointer.Item(JsonPointer.Member(configuration.Pointer, "token_sources"), source.Index),
            ApiShieldSeverity.Warning,
            $"names the header \"{source.Item.Name}\". Cloudflare knows headers by their names in lower case: write \"{source.Item.Name.ToLowerInvariant()}\".");
}
