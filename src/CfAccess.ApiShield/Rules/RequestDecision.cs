using CfAccess.ApiShield.Operations;
using Microsoft.AspNetCore.Http;

namespace CfAccess.ApiShield.Rules;

/// <summary>
/// Decides about a request. It can be read in several ways: by several methods, with and without its path base, and as a server behind the
/// application could read its path. The rules of every reading are evaluated. The strictest result wins.
/// </summary>
/// <param name="facts">The request as expressions see it.</param>
/// <param name="context">The request.</param>
/// <param name="set">The rules.</param>
/// <param name="host">The request's host, as operations name hosts.</param>
internal ref struct RequestDecision(RequestFacts facts, HttpContext context, ApiShieldRuleSet set, ReadOnlySpan<char> host)
{
    private readonly ReadOnlySpan<char> _host = host;
    private readonly RequestMethods _methods = new(context, set.Index.Matching);
    private bool _isKnownHost;
    private Judgement _strictest = new(ApiShieldOutcome.Unmatched);

    public Judgement Decide(ApiShieldUnknown unknownHosts, ApiShieldUnknown unknownOperations)
    {
        var path = WholePath(context.Request);
        var isMatched = EvaluatePath(path);
        if (!_isKnownHost)
        {
            return new(unknownHosts == ApiShieldUnknown.Block ? ApiShieldOutcome.BlockedUnknownHost : ApiShieldOutcome.Unmatched);
        }

        if (!isMatched && unknownOperations == ApiShieldUnknown.Block)
        {
            Accept(new(ApiShieldOutcome.BlockedUnknownOperation));
        }

        if (set.Index.Matching == ApiShieldMatching.Origin)
        {
            EvaluateOtherReadings(path, isMatched);
        }

        return _strictest;
    }

    private static string WholePath(HttpRequest request) => request.PathBase.HasValue
        ? request.PathBase.Add(request.Path).Value!
        : request.Path.Value ?? string.Empty;

    /// <summary>
    /// Routes do not have the path base, and a client can write one, or the first part of one, if the application trusts
    /// <c>X-Forwarded-Prefix</c>. So the path is read with all of its base, and with less and less of it.
    /// </summary>
    private void EvaluateOtherReadings(string path, bool isMatched)
    {
        List<string>? doubtful = null;
        var pathBase = context.Request.PathBase.Value.AsSpan();
        for (var count = 1; count <= PathReading.Most; count++)
        {
            if (!isMatched)
            {
                EvaluateEndpoint(path, pathBase);
            }

            if (PathReading.IsDoubtful(path))
            {
                (doubtful ??= []).Add(path);
            }

            if (pathBase.IsEmpty)
            {
                EvaluateDoubtful(doubtful);
                return;
            }

            pathBase = pathBase[1..].IndexOf('/') is >= 0 and var length ? pathBase[(1 + length)..] : [];
            path = string.Concat(pathBase, context.Request.Path.Value);
            isMatched = EvaluatePath(path);
        }

        Accept(new(ApiShieldOutcome.BlockedAmbiguousPath));
    }

    /// <param name="paths">The paths that a server behind the application could read in another way; null if there are none.</param>
    private void EvaluateDoubtful(List<string>? paths)
    {
        if (paths is null)
        {
            return;
        }

        var evaluated = paths.Count;
        if (SentPath.IsNeeded(context, out var sent))
        {
            paths.Add(sent);
        }

        if (!PathReading.TryAddAll(paths))
        {
            Accept(new(ApiShieldOutcome.BlockedAmbiguousPath));
            return;
        }

        foreach (var path in paths.Skip(evaluated))
        {
            EvaluatePath(path);
        }
    }

    /// <returns>Whether an operation has the path and a method of the request.</returns>
    private bool EvaluatePath(string path)
    {
        var isMatched = false;
        for (var index = 0; index < _methods.Count; index++)
        {
            isMatched |= EvaluateOperations(_methods[index], path) && index < _methods.OwnCount;
        }

        return isMatched;
    }

    private bool EvaluateOperations(string method, string path)
    {
        var matches = new Matches(set.Index.Matching);
        _isKnownHost = set.Index.Find(method, _host, path, ref matches);
        if (!_isKnownHost || matches.Count > 0)
        {
            return EvaluateAll(method, path, matches);
        }

        // Routing ignores the host: a request can reach the operation of another.
        var anywhere = new Matches(set.Index.Matching, keepsAll: true);
        set.Index.FindAnywhere(method, path, ref anywhere);
        return EvaluateAll(method, path, anywhere);
    }

    private bool EvaluateAll(string method, string path, scoped in Matches matches)
    {
        facts.Read(method, path);
        for (var index = 0; index < matches.Count; index++)
        {
            Evaluate(matches[index]);
        }

        return matches.Count > 0;
    }

    /// <summary>A route can be wider than an operation. The request that no operation matches then reaches the endpoint of one.</summary>
    private void EvaluateEndpoint(string path, ReadOnlySpan<char> pathBase)
    {
        if (context.GetEndpoint() is not { } endpoint || CorsPreflight.IsLeftToCors(context, endpoint))
        {
            return;
        }

        facts.Read(_methods[0], path);
        var owned = set.Endpoints.Find(endpoint, context.RequestServices);
        if (pathBase.IsEmpty)
        {
            EvaluateAll(owned.Operations);
        }

        foreach (var route in owned.Routes)
        {
            if (!pathBase.IsEmpty)
            {
                EvaluateAll(route.FindOwned(set.Index.Trees, pathBase));
            }

            // A default value can be a literal of an operation that the endpoint does not own.
            if (route.FindWholePath(context.Request.Path.Value) is { } whole)
            {
                EvaluatePath(string.Concat(pathBase, whole));
            }
        }
    }

    private void EvaluateAll(IReadOnlyList<SavedOperation> operations)
    {
        for (var index = 0; index < operations.Count; index++)
        {
            Evaluate(operations[index]);
        }
    }

    private void Evaluate(SavedOperation operation) => Accept(set.RuleOf(operation) switch
    {
        null => new(ApiShieldOutcome.Uncovered, operation),
        var rule when rule.Expression.Evaluate(facts) => new(ApiShieldOutcome.Satisfied, operation, rule),
        { IsBlock: true } rule => new(ApiShieldOutcome.Blocked, operation, rule),
        var rule => new(ApiShieldOutcome.Logged, operation, rule),
    });

    private void Accept(in Judgement judgement) => _strictest = judgement.Outcome > _strictest.Outcome ? judgement : _strictest;
}
