using System.Globalization;
using CfAccess.Benchmarks.Parties;

namespace CfAccess.Benchmarks.Serve;

/// <summary>What a process of its own shall serve.</summary>
/// <param name="Party">Who.</param>
/// <param name="Issuer">The origin of the keys, and so the issuer.</param>
/// <param name="Prewarms">Whether keys are fetched before the application listens.</param>
/// <param name="LogFile">Where logs from Information on go; empty for none.</param>
internal sealed record ServeOrder(Party Party, string Issuer, bool Prewarms = true, string LogFile = "")
{
    public string[] ToArguments() => ["serve", Party.ToString(), Issuer, Prewarms.ToString(CultureInfo.InvariantCulture), LogFile];

    public static ServeOrder Parse(string[] args) => new(Enum.Parse<Party>(args[0]), args[1], bool.Parse(args[2]), args[3]);
}
