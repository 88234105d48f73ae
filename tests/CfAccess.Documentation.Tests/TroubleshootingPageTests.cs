using CfAccess.AspNetCore;
using CfAccess.Testing;

namespace CfAccess.Documentation.Tests;

/// <summary>The page about troubleshooting explains each word that the log can hold.</summary>
public sealed class TroubleshootingPageTests
{
    [Fact]
    public void Every_reason_has_a_row() => Enum.GetValues<AccessFailureReason>().Select(reason => AccessTokenResult.Refused(reason).ReasonWord!)
        .ShouldBeSubsetOf(new Markdown("docs/troubleshooting.md").Rows().Select(row => row[0].Trim('`')));
}
