using System.Text.Json;
using CfAccess.ApiShield;
using CfAccess.Emulator.ApiShield.Api;
using CfAccess.Emulator.ApiShield.Bodies;
using CfAccess.Emulator.ApiShield.Responses;

namespace CfAccess.Emulator.ApiShield.Zone;

/// <summary>Tells what a selector that is not saved would do with each operation.</summary>
internal static class SelectorPreview
{
    public static ShieldAnswer Answer(ApiShieldRuleSet set, ShieldCall call)
    {
        var problems = new BodyProblems();
        if (Read(call.Body, problems) is not { } selector || problems.HasErrors)
        {
            return ShieldAnswer.Refuse(problems);
        }

        var all = set.Preview(selector);
        var (items, page) = call.Query.Paging.Of(OperationFilters.Select(all, call.Query));
        return ShieldAnswer.Of(writer => OperationJson.TellPreview(writer, items, all), problems.All, page);
    }

    /// <summary>Reads the selector as that of a disabled rule, which may include nothing.</summary>
    private static ApiShieldSelector? Read(JsonElement body, BodyProblems problems)
    {
        if (BodyReader.From(body, string.Empty, problems) is null)
        {
            return null;
        }

        var (set, found) = ShieldDocuments.LoadAlone(rule: BodyJson.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("id", ShieldStamp.NewId());
            writer.WriteString("title", "Preview");
            writer.WriteString("action", "log");
            writer.WriteBoolean("enabled", false);
            writer.WriteString("expression", "http.host eq \"preview\"");
            writer.WritePropertyName("selector");
            body.WriteTo(writer);
            writer.WriteEndObject();
        }));
        problems.AddRange(JsonPointer.Move(found.Where(problem => problem.Document == ApiShieldDocumentKind.Rules), "/0/selector", string.Empty));
        return set?.Rules[0].Selector;
    }
}
