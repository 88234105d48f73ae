using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CfAccess.Testing;

namespace CfAccess.Documentation.Tests;

/// <summary>The dashboard, and the alerts of the page, ask for what there is.</summary>
public sealed partial class DashboardTests
{
    private static readonly JsonNode Dashboard = JsonNode.Parse(File.ReadAllText(RepositoryFile.Find("docs/grafana/cfaccess.json")))!;

    private static readonly string[] Expressions =
        [.. Panels("targets").SelectMany(targets => targets!.AsArray()).Select(target => (string)target!["expr"]!)];

    [Fact]
    public void It_has_a_title_a_choice_of_the_data_source_and_panels_apart()
    {
        ((string?)Dashboard["title"]).ShouldBe("CfAccess");
        ((string?)Dashboard["templating"]!["list"]![0]!["query"]).ShouldBe("prometheus");
        Panels("id").Select(id => (int)id!).ShouldBeUnique();
        Panels("gridPos").Select(place => ((int)place!["x"]!, (int)place["y"]!)).ShouldBeUnique();
        Panels("datasource").OfType<JsonObject>().ShouldAllBe(source => (string?)source["uid"] == "${datasource}");
    }

    [Fact]
    public void Every_metric_that_it_asks_for_is_one_of_ours_and_each_of_ours_is_asked_for()
    {
        var known = OperationsPage.Instruments.ToDictionary(row => row.Name, row => row.PrometheusNames);
        var asked = Expressions.SelectMany(expression => Metric.Matches(expression)).Select(match => match.Value).ToHashSet();

        asked.ShouldBeSubsetOf(known.Values.SelectMany(names => names));
        known.Where(instrument => !instrument.Value.Any(asked.Contains)).Select(instrument => instrument.Key)
            .ShouldBeEmpty("Add a panel to docs/grafana/cfaccess.json.");
    }

    [Fact]
    public void Every_label_is_one_of_the_metric_or_of_Prometheus()
    {
        foreach (var expression in Expressions)
        {
            var tags = OperationsPage.Instruments
                .Where(row => row.PrometheusNames.Any(name => Metric.Matches(expression).Any(match => match.Value == name)))
                .SelectMany(row => row.Tags.Keys);
            Label.Matches(expression).SelectMany(match => match.Groups[1].Value.Split(", ")).ShouldBeSubsetOf([.. tags, "job", "instance", "le"], expression);
        }
    }

    [Fact]
    public void Every_metric_of_the_alerts_is_one_of_ours()
    {
        var asked = Metric.Matches(OperationsPage.Text).Select(match => match.Value).ToList();

        asked.Count.ShouldBeGreaterThan(5);
        asked.ShouldBeSubsetOf(OperationsPage.Instruments.SelectMany(row => row.PrometheusNames));
    }

    [GeneratedRegex(@"cloudflare_access_\w+")]
    private static partial Regex Metric { get; }

    [GeneratedRegex(@"(?<=by \(|[{,])(\w+(?:, \w+)*)(?=\)|=)")]
    private static partial Regex Label { get; }

    private static IEnumerable<JsonNode?> Panels(string member) =>
        Dashboard["panels"]!.AsArray().Select(panel => panel![member]).Where(value => value is not null);
}
