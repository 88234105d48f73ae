using CfAccess.ApiShield.Expressions;

namespace CfAccess.ApiShield.Tests.Expressions;

/// <summary>A request made of what a test says, which counts what it is asked.</summary>
internal sealed class TestFacts : ExpressionFacts
{
    private string _method = "GET";
    private string _host = "api.example.com";
    private string _path = "/v1/accounts/7";

    public Dictionary<(string Name, int Index), string> Headers { get; } = new(NameComparer.IgnoringCase);

    public Dictionary<(string Name, int Index), string> Cookies { get; } = new(NameComparer.WithCase);

    public Dictionary<(string Id, string Name), string> Claims { get; } = [];

    public HashSet<string> Present { get; } = [];

    public HashSet<string> Valid { get; } = [];

    public int Questions { get; private set; }

    public int SignatureChecks { get; private set; }

    public override ReadOnlySpan<char> Method => Asked(_method);

    public override ReadOnlySpan<char> Host => Asked(_host);

    public override ReadOnlySpan<char> Path => Asked(_path);

    public TestFacts With(string? method = null, string? host = null, string? path = null)
    {
        (_method, _host, _path) = (method ?? _method, host ?? _host, path ?? _path);
        return this;
    }

    public override bool IsTokenPresent(string configurationId)
    {
        Questions++;
        return Present.Contains(configurationId);
    }

    public override bool IsTokenValid(string configurationId)
    {
        Questions++;
        SignatureChecks++;
        return Valid.Contains(configurationId);
    }

    public override bool TryGetHeader(string name, int index, out ReadOnlySpan<char> value) => Find(Headers, (name, index), out value);

    public override bool TryGetCookie(string name, int index, out ReadOnlySpan<char> value) => Find(Cookies, (name, index), out value);

    public override bool TryGetClaim(string configurationId, string name, out ReadOnlySpan<char> value) =>
        Find(Claims, (configurationId, name), out value);

    private bool Find<T>(Dictionary<T, string> texts, T key, out ReadOnlySpan<char> value)
        where T : notnull
    {
        Questions++;
        var isThere = texts.TryGetValue(key, out var text);
        value = text;
        return isThere;
    }

    private string Asked(string text)
    {
        Questions++;
        return text;
    }

    private sealed class NameComparer(StringComparer names) : IEqualityComparer<(string Name, int Index)>
    {
        public static NameComparer IgnoringCase { get; } = new(StringComparer.OrdinalIgnoreCase);

        public static NameComparer WithCase { get; } = new(StringComparer.Ordinal);

        public bool Equals((string Name, int Index) x, (string Name, int Index) y) => x.Index == y.Index && names.Equals(x.Name, y.Name);

        public int GetHashCode((string Name, int Index) obj) => HashCode.Combine(names.GetHashCode(obj.Name), obj.Index);
    }
}
