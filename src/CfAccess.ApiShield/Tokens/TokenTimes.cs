using System.Text.Json;
using CfAccess.Shared.Json;
using CfAccess.Shared.Jwt;

namespace CfAccess.ApiShield.Tokens;

/// <summary>The times of a token, the only claims that are checked. Source: RFC 7519, sections 2, 4.1.4 and 4.1.5.</summary>
internal sealed class TokenTimes : IPayloadMembers
{
    /// <summary>How far the clocks of issuer and origin may be apart. Source: API Shield, JWT validation, expiry.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(60);

    /// <summary>The last second of year 9999, beyond which .NET has no time.</summary>
    private const long LastSecond = 253402300799;

    public DateTimeOffset? Expiration { get; private set; }

    public DateTimeOffset? NotBefore { get; private set; }

    /// <summary>The application is given the whole payload, and reads names of it too.</summary>
    public static bool IgnoresInvalidNames => false;

    public PayloadProblem? Read(ref Utf8JsonReader reader)
    {
        var isExpiration = reader.ValueTextEquals("exp"u8);
        var isNotBefore = reader.ValueTextEquals("nbf"u8);
        reader.Read();
        var time = isExpiration || isNotBefore ? ReadTime(reader) : null;
        if (!JsonString.TryPass(ref reader))
        {
            return PayloadProblem.Malformed;
        }

        (Expiration, NotBefore) = (isExpiration ? time : Expiration, isNotBefore ? time : NotBefore);
        return (isExpiration || isNotBefore) && time is null ? PayloadProblem.InvalidMember : null;
    }

    /// <summary>A token without one of the times has no such bound. Between two times there is no overflow, beside one there is.</summary>
    public JwtFailureReason? Check(DateTimeOffset now) => this switch
    {
        { Expiration: { } expiration } when now - expiration >= Tolerance => JwtFailureReason.Expired,
        { NotBefore: { } notBefore } when notBefore - now > Tolerance => JwtFailureReason.NotYetValid,
        _ => null,
    };

    /// <summary>Reads a NumericDate, which may have a fraction.</summary>
    private static DateTimeOffset? ReadTime(in Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var seconds) && seconds is >= 0 and <= LastSecond
            ? DateTimeOffset.UnixEpoch.AddSeconds(seconds)
            : null;
}
