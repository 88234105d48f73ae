using System.Globalization;

namespace CfAccess.Cli.Output;

/// <summary>Times for people: where they are, and how far from now.</summary>
internal static class Times
{
    public static string Utc(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    public static string Local(DateTimeOffset time, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(time, zone);
        return local.Offset == TimeSpan.Zero ? Utc(time) : local.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);
    }

    /// <summary>Such as <c>in 3 h 12 min</c> or <c>2 d 4 h ago</c>.</summary>
    public static string Relative(DateTimeOffset time, DateTimeOffset now) =>
        time >= now ? "in " + Span(time - now) : Span(now - time) + " ago";

    /// <summary>The two largest units that say something.</summary>
    public static string Span(TimeSpan span) => span switch
    {
        { TotalDays: >= 1 } => Two(span.Days, "d", span.Hours, "h"),
        { TotalHours: >= 1 } => Two(span.Hours, "h", span.Minutes, "min"),
        { TotalMinutes: >= 1 } => Two(span.Minutes, "min", span.Seconds, "s"),
        _ => Two(span.Seconds, "s", 0, string.Empty),
    };

    private static string Two(int first, string unit, int second, string smaller) =>
        second == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{first} {unit}")
            : string.Create(CultureInfo.InvariantCulture, $"{first} {unit} {second} {smaller}");
}
