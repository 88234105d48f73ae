using CfAccess.Emulator.ApiShield.Responses;
using Microsoft.AspNetCore.Http;

namespace CfAccess.Emulator.ApiShield.Api;

/// <summary>What a route does on each of its methods.</summary>
internal sealed class ShieldRoute
{
    private readonly Dictionary<string, ShieldMethod> _methods = new(StringComparer.Ordinal);

    public IEnumerable<string> Methods => _methods.Keys;

    public ShieldMethod? Find(string method) => _methods.GetValueOrDefault(method);

    /// <summary>Responds to GET with one object.</summary>
    public ShieldRoute Get(Func<ShieldAnswer> answer) => AddGet(new(_ => answer()));

    /// <summary>Responds to GET with a page of a list.</summary>
    public ShieldRoute List(Func<ShieldQuery, ShieldAnswer> answer, params IReadOnlyList<ShieldFilter> filters) =>
        AddGet(new(call => answer(call.Query)) { IsPaged = true, Filters = filters });

    /// <summary>Takes a body.</summary>
    public ShieldRoute Take(string method, Func<ShieldCall, ShieldAnswer> answer) => Add(method, new(answer) { HasBody = true });

    public ShieldRoute Take(string method, ShieldMethod what) => Add(method, what with { HasBody = true });

    public ShieldRoute Delete(Func<ShieldAnswer> answer) => Add(HttpMethods.Delete, new(_ => answer()));

    private ShieldRoute AddGet(ShieldMethod what) => Add(HttpMethods.Get, what).Add(HttpMethods.Head, what);

    private ShieldRoute Add(string method, ShieldMethod what)
    {
        _methods.Add(method, what);
        return this;
    }

    /// <summary>What a method of a route does.</summary>
    /// <param name="Answer">Answers.</param>
    internal sealed record ShieldMethod(Func<ShieldCall, ShieldAnswer> Answer)
    {
        public bool HasBody { get; init; }

        /// <summary>What to send, for a call without a body.</summary>
        public string BodyHint { get; init; } = "Send JSON, with Content-Type: application/json.";

        public bool IsPaged { get; init; }

        public IReadOnlyList<ShieldFilter> Filters { get; init; } = [];
    }
}
