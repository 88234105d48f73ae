using System.Globalization;
using CfAccess.Testing;

namespace CfAccess.AspNetCore.Tests.Differential;

/// <summary>JSON values that the tokens of this test are made of.</summary>
internal static class Values
{
    public const string Audience = $"\"{TestTeam.Audience}\"";
    public const string OtherAudience = $"\"{TestTeam.OtherAudience}\"";
    public const string Issuer = $"\"{TestTeam.Issuer}\"";

    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);

    public static long Now { get; } = TestClock.DefaultStart.ToUnixTimeSeconds();

    /// <summary>So many seconds after now, as NumericDate.</summary>
    public static string At(long offset) => (Now + offset).ToString(CultureInfo.InvariantCulture);
}
