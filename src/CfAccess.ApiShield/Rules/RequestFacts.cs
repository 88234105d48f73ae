using CfAccess.ApiShield.Diagnostics;
using CfAccess.ApiShield.Expressions;
using CfAccess.ApiShield.Tokens;
using CfAccess.Shared.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CfAccess.ApiShield.Rules;

/// <summary>
/// One request, as expressions see it and as it was judged. The token of a configuration is verified when somebody first asks for it, and
/// once.
/// </summary>
internal sealed class RequestFacts(HttpContext context, ApiShieldRuleSet set, HostAliases aliases, ApiShieldMetrics? metrics) : ExpressionFacts
{
    /// <summary>One for each configuration, so that a request pays only for those that exist.</summary>
    private readonly TokenSlot[] _slots = set.ConfigurationsInForce.Count == 0 ? [] : new TokenSlot[set.ConfigurationsInForce.Count];
    private string _method = string.Empty;
    private string _path = string.Empty;
    private string? _edgePath;
    private string? _lowerHost;
    private ApiShieldTokenValidation? _validation;

    public Judgement Judgement { get; private set; }

    /// <summary>The same, for the application.</summary>
    public ApiShieldTokenValidation Validation => _validation ??= new ApiShieldTokenValidation(this);

    /// <summary>The method of the current reading.</summary>
    public override ReadOnlySpan<char> Method => _method;

    /// <summary>In lower case, without port, by the name that the documents know.</summary>
    public override ReadOnlySpan<char> Host
    {
        get
        {
            var host = DocumentHost;
            return host.ContainsAnyInRange('A', 'Z') ? _lowerHost ??= host.ToString().ToLowerInvariant() : host;
        }
    }

    /// <summary>The path of the current reading: as routing has it, or as the edge has it.</summary>
    public override ReadOnlySpan<char> Path => set.Index.Matching == ApiShieldMatching.Origin
        ? _path
        : _edgePath ??= EdgePath.Read(context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? string.Empty, _path);

    private ReadOnlySpan<char> DocumentHost => aliases.Resolve(RequestHost.Of(context.Request).Value);

    public void Decide(ApiShieldUnknown unknownHosts, ApiShieldUnknown unknownOperations) =>
        Judgement = new RequestDecision(this, context, set, DocumentHost).Decide(unknownHosts, unknownOperations);

    /// <summary>From here on, expressions see this method and path.</summary>
    public void Read(string method, string path) => (_method, _path, _edgePath) = (method, path, null);

    public override bool IsTokenPresent(string configurationId) =>
        set.IndexOfConfiguration(configurationId) is >= 0 and var index && _slots[index].IsPresent(set.ConfigurationsInForce[index], context.Request);

    public override bool IsTokenValid(string configurationId) => FindVerdict(configurationId) is { IsValid: true };

    public override bool TryGetHeader(string name, int index, out ReadOnlySpan<char> value)
    {
        var isThere = RequestValues.TryGetHeader(context.Request, name, index, out var text);
        value = text;
        return isThere;
    }

    public override bool TryGetCookie(string name, int index, out ReadOnlySpan<char> value) =>
        RequestValues.TryGetCookie(context.Request, name, index, out value);

    public override bool TryGetClaim(string configurationId, string name, out ReadOnlySpan<char> value)
    {
        var text = FindVerdict(configurationId)?.FindText(name);
        value = text;
        return text is not null;
    }

    public JwtVerdict? FindVerdict(string configurationId) => set.IndexOfConfiguration(configurationId) is >= 0 and var index ? Verify(index) : null;

    public IReadOnlyDictionary<string, JwtVerdict> AllVerdicts()
    {
        var verdicts = new Dictionary<string, JwtVerdict>(StringComparer.OrdinalIgnoreCase);
        for (var index = 0; index < set.ConfigurationsInForce.Count; index++)
        {
            verdicts.Add(set.ConfigurationsInForce[index].Document.Id, Verify(index));
        }

        return verdicts;
    }

    /// <summary>The verdicts that were reached, in the order of the configurations.</summary>
    public IReadOnlyDictionary<string, JwtVerdict> EvaluatedVerdicts()
    {
        var verdicts = new OrderedDictionary<string, JwtVerdict>(StringComparer.OrdinalIgnoreCase);
        for (var index = 0; index < set.ConfigurationsInForce.Count; index++)
        {
            if (_slots[index].Verdict is { } verdict)
            {
                verdicts.Add(set.ConfigurationsInForce[index].Document.Id, verdict);
            }
        }

        return verdicts;
    }

    /// <summary>The verdicts that were reached, as <c>id: word</c>.</summary>
    public string VerdictWords() => EvaluatedVerdicts() is { Count: > 0 } verdicts
        ? string.Join(", ", verdicts.Select(one => $"{one.Key}: {Word(one.Value)}"))
        : "none was verified";

    private JwtVerdict Verify(int index)
    {
        if (_slots[index].Verdict is { } known)
        {
            return known;
        }

        var configuration = set.ConfigurationsInForce[index];
        var verdict = _slots[index].Verify(configuration, context.Request);
        metrics?.TokenJudged(configuration.Document.Id, verdict.FailureReason);
        return verdict;
    }

    public static string Word(JwtVerdict verdict) => verdict.FailureReason is { } reason ? JwtFailureWords.Of(reason) : "valid";
}
