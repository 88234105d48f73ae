using Microsoft.AspNetCore.Http;

namespace CfAccess.Emulator.Shield;

/// <summary>What a route does on each of its methods.</summary>
internal sealed class ShieldRoute
{
    private readonly Dictionary<string, ShieldMethod> _methods = new(StringComparer.Ordinal);

    public IEnumerable<string> Methods => _methods.Keys;

    public ShieldMethod? Find(string method) => _methods.GetValueOrDefault(method);

    /// <summary>Answers a GET with one object.</summary>
    public ShieldRoute Get(Func<ShieldAnswer> answer) => Add(HttpMethods.Get, new(_ => answer()));

    /// <summary>Answers a GET with a page of a list.</summary>
    public ShieldRoute List(Func<ShieldPaging, ShieldAnswer> answer) => Add(HttpMethods.Get, new(call => answer(call.Paging)) { IsPaged = true });

    /// <summary>Takes a body.</summary>
    public ShieldRoute Take(string method, Func<ShieldCall, ShieldAnswer> answer, bool isPaged = false) =>
        Add(method, new(answer) { HasBody = true, IsPaged = isPaged });

    public ShieldRoute Delete(Func<ShieldAnswer> answer) => Add(HttpMethods.Delete, new(_ => answer()));

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

        public bool IsPaged { get; init; }
    }
}
