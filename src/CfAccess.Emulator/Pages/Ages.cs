using System.Globalization;

namespace CfAccess.Emulator.Pages;

/// <summary>How long ago something was, and how long it will be, as people say it.</summary>
internal static class Ages
{
    public static string Ago(DateTimeOffset now, DateTimeOffset then) => $"{Length(now - then)} ago";

    public static string In(DateTimeOffset now, DateTimeOffset then) => then > now ? $"in {Length(then - now)}" : Ago(now, then);

    /// <summary>Only the time of day, in UTC, as the application's logs have it.</summary>
    public static string Clock(DateTimeOffset time) => time.UtcDateTime.ToString("HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string Length(TimeSpan time) => time switch
    {
        { TotalMinutes: < 1 } => $"{(int)time.TotalSeconds} s",
        { TotalHours: < 1 } => $"{(int)time.TotalMinutes} min",
        { TotalDays: < 2, Minutes: 0 } => $"{(int)time.TotalHours} h",
        { TotalDays: < 2 } => $"{(int)time.TotalHours} h {time.Minutes} min",
        _ => $"{(int)time.TotalDays} days",
    };
}
