using CfAccess.ApiShield.Diagnostics;
using CfAccess.ApiShield.Expressions;
using CfAccess.ApiShield.Tokens;
using CfAccess.AspNetCore.Answers;
using Microsoft.AspNetCore.Http;

namespace CfAccess.ApiShield.Rules;

/// <summary>
/// One request, as expressions see it and as it was judged. The token of a configuration is verified when somebody first asks for it, and
/// once.
/// </summary>
internal sealed class RequestFacts(HttpContext context, ApiShieldRuleSet set, HostAliases aliases, ApiShieldMetrics? metrics) : ExpressionFacts
{
    private TokenSlots _slots;
    private string? _method;
    private string? _path;
    private string? _lowerHost;
    private ApiShieldTokenValidation? _validation;

    public Judgement Judgement { get; private set; }

    /// <summary>The same, for the application.</summary>
    public ApiShieldTokenValidation Validation => _validation ??= new ApiShieldTokenValidation(this);

    /// <summary>The one that the request is judged by at the time; as routing takes methods without case, in upper case there.</summary>
    public override ReadOnlySpan<char> Method => OwnMethod;

    /// <summary>In lower case, without port, by the name that the documents know.</summary>
    public override ReadOnlySpan<char> Host
    {
        get
        {
            var host = aliases.Resolve(RequestHost.Of(context.Request).Value);
            return host.ContainsAnyInRange('A', 'Z') ? _lowerHost ??= host.ToString().ToLowerInvariant() : host;
        }
    }

    /// <summary>The one that the request is judged by at the time: the whole path, decoded as the server does it.</summary>
    public override ReadOnlySpan<char> Path => WholePath;

    private string OwnMethod => _method ??= set.Index.Matching == ApiShieldMatching.Edge
        ? context.Request.Method
        : HttpMethods.GetCanonicalizedValue(context.Request.Method);

    private string WholePath => _path ??= context.Request is { PathBase.HasValue: false } plain
        ? plain.Path.Value ?? string.Empty
        : context.Request.PathBase.Add(context.Request.Path).Value!;

    public void Decide(ApiShieldUnknown unknownHosts, ApiShieldUnknown unknownOperations)
    {
        var (method, path) = (OwnMethod, WholePath);
        var judge = new Judge(set, unknownHosts, unknownOperations);
        DecideByPaths(method, path, judge);
        var others = judge.ForOtherReadings();
        if (set.Index.Matching == ApiShieldMatching.Origin && RequestMethods.IsAlsoGet(context))
        {
            DecideByPaths(HttpMethods.Get, path, others);
        }

        var chosen = RequestMethods.OfChosenEndpoint(context);
        for (var index = 0; index < chosen.Count; index++)
        {
            DecideByPaths(HttpMethods.GetCanonicalizedValue(chosen[index]), path, others);
        }

        (_method, _path) = (method, path);
    }

    private void DecideByPaths(string method, string path, Judge judge)
    {
        Decide(method, path, judge);

        // Forwarded headers can write a path base, which no endpoint compares.
        if (set.Index.Matching == ApiShieldMatching.Origin && context.Request.PathBase.HasValue)
        {
            Decide(method, context.Request.Path.Value ?? string.Empty, judge.ForOtherReadings());
        }
    }

    private void Decide(string method, string path, Judge judge)
    {
        (_method, _path) = (method, path);
        var judgement = judge.Decide(this, method, aliases.Resolve(RequestHost.Of(context.Request).Value), path);
        Judgement = judgement.Outcome > Judgement.Outcome ? judgement : Judgement;
    }

    public override bool IsTokenPresent(string configurationId) =>
        IndexOf(configurationId) is >= 0 and var index && _slots[index].IsPresent(set.ConfigurationsInForce[index], context.Request);

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

    public JwtVerdict? FindVerdict(string configurationId) => IndexOf(configurationId) is >= 0 and var index ? Verify(index) : null;

    public IReadOnlyDictionary<string, JwtVerdict> AllVerdicts()
    {
        var verdicts = new Dictionary<string, JwtVerdict>(StringComparer.OrdinalIgnoreCase);
        for (var index = 0; index < set.ConfigurationsInForce.Count; index++)
        {
            verdicts.Add(set.ConfigurationsInForce[index].Document.Id, Verify(index));
        }

        return verdicts;
    }

    /// <summary>The verdicts that were reached, as <c>id: word</c>.</summary>
    public string VerdictWords()
    {
        List<string> words = [];
        for (var index = 0; index < set.ConfigurationsInForce.Count; index++)
        {
            if (_slots[index].Verdict is { } verdict)
            {
                words.Add($"{set.ConfigurationsInForce[index].Document.Id}: {Word(verdict)}");
            }
        }

        return words.Count == 0 ? "none was verified" : string.Join(", ", words);
    }

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

    private int IndexOf(string configurationId)
    {
        for (var index = 0; index < set.ConfigurationsInForce.Count; index++)
        {
            if (set.ConfigurationsInForce[index].Document.Id.Equals(configurationId, StringComparison.OrdinalIgnoreCase))
            {
                return index;
            }
        }

        return -1;
    }

    public static string Word(JwtVerdict verdict) => verdict.FailureReason is { } reason ? JwtFailureWords.Of(reason) : "valid";
}
