using System.Text.Json;

namespace CfAccess.Cli.Inspect;

/// <summary>What <c>cfaccess inspect</c> tells.</summary>
/// <param name="Verified">Always false: nothing was verified.</param>
/// <param name="Kind">What kind of token it is, by what it says of itself.</param>
/// <param name="Description">What that means.</param>
/// <param name="Notes">What was done with the input.</param>
/// <param name="Times">The times in it.</param>
/// <param name="Header">Its header.</param>
/// <param name="Payload">Its payload.</param>
internal sealed record InspectReport(
    bool Verified,
    string Kind,
    string Description,
    IReadOnlyList<string> Notes,
    IReadOnlyList<TimeReport> Times,
    JsonElement Header,
    JsonElement Payload);

/// <summary>A time of a token.</summary>
/// <param name="Claim">Its member.</param>
/// <param name="Utc">The time.</param>
/// <param name="Local">The same, as clocks here show it.</param>
/// <param name="Relative">How far from now, in words.</param>
internal sealed record TimeReport(string Claim, DateTimeOffset Utc, string Local, string Relative);
