namespace CfAccess.ApiShield;

/// <summary>
/// How API Shield's rules are enforced. Read from the section <c>ApiShield</c> of configuration, and checked when the application starts;
/// what <c>AddApiShield</c> is given wins.
/// </summary>
public sealed class ApiShieldOptions
{
    /// <summary>The token configurations. Required without a <see cref="RuleSetSource"/>.</summary>
    public ApiShieldDocumentSource? Configurations { get; set; }

    /// <summary>The token validation rules, the first having precedence. Required without a <see cref="RuleSetSource"/>.</summary>
    public ApiShieldDocumentSource? Rules { get; set; }

    /// <summary>The saved operations. Required without a <see cref="RuleSetSource"/>.</summary>
    public ApiShieldDocumentSource? Operations { get; set; }

    /// <summary>
    /// Supplies the rule set instead of the three documents, for applications that keep rules in a database or elsewhere. Set in code only. A source
    /// together with a document stops the start. Default: null, which means that the documents are read.
    /// </summary>
    public ApiShieldRuleSetSource? RuleSetSource { get; set; }

    /// <summary>How a request finds its operation; <see cref="ApiShieldMatching.Origin"/> by default.</summary>
    public ApiShieldMatching Matching { get; set; } = ApiShieldMatching.Origin;

    /// <summary>
    /// What happens to a request whose host no operation names; <see cref="ApiShieldUnknown.Block"/> by default, since the rules would not see
    /// a request that reached the same application by another name, such as its address.
    /// </summary>
    public ApiShieldUnknown UnknownHosts { get; set; } = ApiShieldUnknown.Block;

    /// <summary>
    /// What happens to a request for a known host that no operation matches. With <see cref="ApiShieldUnknown.Allow"/>, the rules of the operations
    /// that its endpoint owns still apply. Default: <see cref="ApiShieldUnknown.Allow"/>, as at the edge.
    /// </summary>
    public ApiShieldUnknown UnknownOperations { get; set; } = ApiShieldUnknown.Allow;

    /// <summary>
    /// Other names of hosts: a request for the key is judged as one for the value, such as <c>localhost</c> for <c>api.example.com</c> on a
    /// developer's machine. Without ports and case; empty by default.
    /// </summary>
    public IDictionary<string, string> HostAliases { get; set; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Whether a request is judged to have no valid token if the sources of a configuration hold different tokens; off by default: the first
    /// source that is present decides.
    /// </summary>
    public bool RejectDifferentTokens { get; set; }

    /// <summary>The most characters that a token may have; 16,384 by default, from 1,024 to 1,048,576. A longer one is no valid token.</summary>
    public int MaxTokenLength { get; set; } = 16 * 1024;

    /// <summary>Whether an enabled rule may have a selector that covers nothing; off by default, which makes it an error.</summary>
    public bool AllowEmptySelectors { get; set; }

    /// <summary>Whether documents are read again when they change; on by default. Bad ones are told of, and the rules in force stay.</summary>
    public bool ReloadOnChange { get; set; } = true;

    /// <summary>
    /// How long after a change documents are read, so that several files can change together; 250 ms by default, from 0 to 1 min.
    /// </summary>
    public TimeSpan ReloadDelay { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Whether a 403 tells the caller which rule and why; off by default.</summary>
    public bool IncludeErrorDetails { get; set; }

    /// <summary>What could not be read of configuration.</summary>
    internal List<string> ConfigurationErrors { get; } = [];
}
