using CfAccess.Emulator.ApiShield.Bodies;
using CfAccess.Emulator.ApiShield.Zone;

namespace CfAccess.Emulator.ApiShield.Api;

/// <summary>A query parameter that selects or sorts the items of a list.</summary>
/// <param name="Name">The name in the query.</param>
/// <param name="Expected">What a value is, for an error: <c>has to be …</c>.</param>
/// <param name="Read">Returns a value in the form that is compared; null if the value is not valid.</param>
internal sealed record ShieldFilter(string Name, string Expected, Func<string, string?> Read)
{
    public const string Host = "host";
    public const string Method = "method";
    public const string Endpoint = "endpoint";

    /// <summary>The name under which <see cref="ShieldQuery"/> keeps the values. Some parameters have two names.</summary>
    public string Key { get; init; } = Name;

    /// <summary>Whether a query may have several values: as repeated parameters, or with commas between them.</summary>
    public bool IsList { get; init; } = true;

    public static ShieldFilter Id(string name) => new(name, "the UUID of an object", ObjectId.Read);

    /// <param name="name">The name in the query.</param>
    /// <param name="words">The valid values. A query may write them in any case.</param>
    public static ShieldFilter Words(string name, params string[] words) => new(
        name,
        string.Join(" or ", words),
        value => Array.Find(words, word => word.Equals(value, StringComparison.OrdinalIgnoreCase)));

    /// <summary>The two names of the parameter for hosts.</summary>
    public static ShieldFilter[] Hosts() =>
    [
        new(Host, "a host such as api.example.com", ReadHost),
        new("hostname", "a host such as api.example.com", ReadHost) { Key = Host },
    ];

    public static ShieldFilter Methods() => Words(Method, "GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "CONNECT", "PATCH", "TRACE");

    /// <summary>A part of a path template. A path may contain commas.</summary>
    public static ShieldFilter Endpoints() => new(Endpoint, "a part of a path, once", value => value.Length > 0 ? value : null) { IsList = false };

    private static string? ReadHost(string value) => OperationReading.NormalizeHost(value);
}
