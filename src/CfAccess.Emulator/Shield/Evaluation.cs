using System.Text.Json;
using CfAccess.ApiShield;
using CfAccess.ApiShield.Documents;
using CfAccess.ApiShield.Rules;

namespace CfAccess.Emulator.Shield;

/// <summary>Judges a request that a body describes, as the middleware would, but that none is refused for an unknown host.</summary>
internal sealed class Evaluation(ShieldStore store, TimeProvider clock)
{
    private static readonly HostAliases NoAliases = new([]);

    public ShieldAnswer Answer(JsonElement body)
    {
        var problems = new ProblemList(ApiShieldDocumentKind.Rules);
        if (DescribedRequest.Read(body, problems) is not { } request)
        {
            return ShieldAnswer.Refuse(problems);
        }

        var then = request.Time is { } time ? new StandingClock(time) : clock;
        var set = store.Read(new ApiShieldOptions { Matching = request.Matching }, then);

        // Without metrics: nothing of this came to the application.
        var facts = new RequestFacts(request.Context, set, NoAliases, metrics: null);
        facts.Decide(ApiShieldUnknown.Allow, ApiShieldUnknown.Allow);
        store.Verdicts.Add(VerdictEntry.Of(facts, clock.GetUtcNow(), isAsked: true));
        return ShieldAnswer.Of(writer => Tell(writer, facts, set), problems.All);
    }

    private static void Tell(Utf8JsonWriter writer, RequestFacts facts, ApiShieldRuleSet set)
    {
        var (outcome, operation, rule) = facts.Judgement;
        writer.WriteStartObject();
        writer.WriteString("verdict", Verdicts.Of(outcome));
        writer.WriteString("outcome", outcome.Word());
        writer.WritePropertyName("operation");
        if (operation is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            OperationJson.Tell(writer, operation.Document);
        }

        writer.WritePropertyName("rule");
        if (rule is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            RuleJson.Tell(writer, rule.Document);
        }

        writer.WriteStartArray("reasons");
        foreach (var configuration in set.Configurations)
        {
            writer.WriteStartObject();
            writer.WriteString("configuration_id", configuration.Id);
            writer.WriteString("title", configuration.Title);
            writer.WriteString("token", RequestFacts.Word(facts.FindVerdict(configuration.Id)!));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private sealed class StandingClock(DateTimeOffset time) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => time;
    }
}
