using System.Text.RegularExpressions;
using CfAccess.ApiShield;
using CfAccess.AspNetCore;
using CfAccess.AspNetCore.Identity;
using CfAccess.AspNetCore.Keys;
using CfAccess.Shared.AccessToken;

namespace CfAccess.Documentation.Tests;

/// <summary>The page about operations lists the metrics and traces that an application makes, their tags, and every word of them.</summary>
public sealed partial class SignalPageTests(UsedHost used) : IClassFixture<UsedHost>
{
    [Fact]
    public void Every_instrument_is_listed_with_its_kind_and_unit_and_no_other() =>
        OperationsPage.Instruments.Select(row => $"| `{row.Name}` | {row.Kind} | {row.Unit} |").Order().ShouldBe(
            used.Instruments.Order(), "The table of metrics in docs/operations.md has to list what is on the right.");

    [Fact]
    public void Every_tag_is_listed_and_no_other() =>
        OperationsPage.Instruments.SelectMany(row => row.Tags.Keys.Select(key => $"{row.Name} {key}")).Order().ShouldBe(
            used.Tags.Select(tag => $"{tag.Instrument} {tag.Key}").Distinct().Order(), "The column \"tags\" in docs/operations.md.");

    [Fact]
    public void Every_value_of_a_tag_is_listed() => used.Tags.ShouldAllBe(tag => IsListed(tag.Instrument, tag.Key, tag.Value));

    [Theory]
    [InlineData("cloudflare_access.token.validations", "reason", typeof(AccessFailureReason))]
    [InlineData("cloudflare_access.token.validations", "source", typeof(TokenSource))]
    [InlineData("cloudflare_access.keys.fetches", "outcome", typeof(KeyFetchOutcome))]
    [InlineData("cloudflare_access.keys.fetch.duration", "outcome", typeof(KeyFetchOutcome))]
    [InlineData("cloudflare_access.identity.fetch.duration", "outcome", typeof(IdentityFetchOutcome))]
    [InlineData("cloudflare_access.api_shield.requests", "outcome", typeof(ApiShieldOutcome))]
    [InlineData("cloudflare_access.api_shield.token.validations", "reason", typeof(JwtFailureReason))]
    public void The_words_of_a_tag_are_those_of_its_enum(string instrument, string tag, Type values)
    {
        var words = values.GetEnumNames().Select(word => NextWord.Replace(word, "_").ToLowerInvariant());

        OperationsPage.Instruments.Single(row => row.Name == instrument).Tags[tag].ShouldBe(words, ignoreOrder: true);
    }

    [Fact]
    public void Every_reason_is_listed_by_its_one_word_with_its_answer()
    {
        OperationsPage.Reasons.ShouldBe(
            Enum.GetValues<AccessFailureReason>().Select(reason => (
                AccessTokenResult.Refused(reason).ReasonWord!,
                reason is AccessFailureReason.KeysUnavailable or AccessFailureReason.IdentityUnavailable ? "503" : "401")),
            ignoreOrder: true);
    }

    [Fact]
    public void Every_activity_is_listed_with_its_tags_and_no_other() => OperationsPage.Activities
        .SelectMany(activity => activity.Value.Select(tag => $"{activity.Key} {tag}")).Order()
        .ShouldBe(used.ActivityTags.Order(), "The table of traces in docs/operations.md.");

    [Fact]
    public void Meter_and_source_have_the_name_that_the_page_gives_to_OpenTelemetry()
    {
        OperationsPage.Text.ShouldContain($"AddMeter(\"{CloudflareAccessDefaults.DiagnosticsName}\")");
        OperationsPage.Text.ShouldContain($"AddSource(\"{CloudflareAccessDefaults.DiagnosticsName}\")");
        ApiShieldDefaults.DiagnosticsName.ShouldBe(CloudflareAccessDefaults.DiagnosticsName);
    }

    [GeneratedRegex("(?<=.)(?=[A-Z])")]
    private static partial Regex NextWord { get; }

    private static bool IsListed(string instrument, string key, string value) =>
        OperationsPage.Instruments.Single(row => row.Name == instrument).Tags[key] is var values && (values.Length == 0 || values.Contains(value));
}
