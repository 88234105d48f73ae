using System.Globalization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace CfAccess.ApiShield.Endpoints;

/// <summary>A segment of a route.</summary>
/// <param name="Literal">The text that a request must have there; null if the segment has a parameter.</param>
/// <param name="IsCatchAll">Whether it takes the rest of a path.</param>
/// <param name="CanBeMissing">Whether a path can end before it.</param>
/// <param name="Default">What it stands for if it is missing; null if it has no default value.</param>
internal sealed record RouteSegment(string? Literal, bool IsCatchAll = false, bool CanBeMissing = false, string? Default = null)
{
    private static readonly RouteSegment Complex = new(Literal: null);

    /// <param name="segment">The segment.</param>
    /// <param name="pattern">The route.</param>
    /// <param name="policies">Creates the transformers of parameters; null if the application has no routing.</param>
    public static RouteSegment Read(RoutePatternPathSegment segment, RoutePattern pattern, ParameterPolicyFactory? policies) =>
        segment.Parts switch
        {
            [RoutePatternLiteralPart literal] => new(literal.Content),
            [RoutePatternParameterPart parameter] => Read(parameter, pattern, policies),
            _ => Complex,
        };

    /// <summary>MVC has one endpoint for each action: <c>{action}</c> is then the name of that action, as if it were a literal.</summary>
    private static RouteSegment Read(RoutePatternParameterPart parameter, RoutePattern pattern, ParameterPolicyFactory? policies)
    {
        var hasDefault = pattern.Defaults.TryGetValue(parameter.Name, out var value);
        if (pattern.RequiredValues.TryGetValue(parameter.Name, out var required) && required is string { Length: > 0 } name)
        {
            var literal = Transform(name, parameter, pattern, policies);
            var isDefault = hasDefault && name.Equals(value as string, StringComparison.OrdinalIgnoreCase);
            return new(literal, CanBeMissing: isDefault, Default: isDefault ? literal : null);
        }

        return new(
            Literal: null,
            parameter.IsCatchAll,
            parameter.IsOptional || parameter.IsCatchAll || hasDefault,
            Convert.ToString(value, CultureInfo.InvariantCulture));
    }

    private static string? Transform(string name, RoutePatternParameterPart parameter, RoutePattern pattern, ParameterPolicyFactory? policies) =>
        policies is not null && pattern.ParameterPolicies.TryGetValue(parameter.Name, out var references)
        && references.Select(reference => policies.Create(parameter, reference)).OfType<IOutboundParameterTransformer>().FirstOrDefault() is { } transformer
            ? transformer.TransformOutbound(name)
            : name;
}
