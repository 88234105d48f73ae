namespace CfAccess.Benchmarks.Shield;

/// <summary>What has to hold of API Shield.</summary>
internal static class ShieldTargets
{
    /// <summary>Microseconds that matching and evaluation without a token may take with 1,000 operations, and bytes with any number.</summary>
    public const double Matching = 1;
    public const double MatchingBytes = 0;

    /// <summary>10,000 operations, in time of 10: what more memory costs in cache misses, and no more.</summary>
    public const double Growth = 2;

    /// <summary>32 configurations, of which the rule needs the last, in time of 1: what more memory costs in cache misses, and no more.</summary>
    public const double Configurations = 2;

    /// <summary>A request that matches no operation and has an endpoint, in time of one without: a dictionary is searched for the endpoint.</summary>
    public const double Endpoint = 1.5;

    /// <summary>What the middleware keeps of a request, in bytes, with 1 configuration and with 32.</summary>
    public const double StateBytes = 232;
    public const double ManyStateBytes = 1_200;

    /// <summary>A request with a valid RS256 token, in time of <c>JsonWebTokenHandler</c> alone.</summary>
    public const double ValidToken = 1.15;
}
