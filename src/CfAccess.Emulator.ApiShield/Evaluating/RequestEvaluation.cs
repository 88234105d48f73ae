using System.Text.Json;
using CfAccess.ApiShield;
using CfAccess.Emulator.ApiShield.Bodies;
using CfAccess.Emulator.ApiShield.Responses;
using CfAccess.Emulator.ApiShield.Zone;

namespace CfAccess.Emulator.ApiShield.Evaluating;

/// <summary>Judges a request that a body describes, as the middleware would, but that none is refused for an unknown host.</summary>
internal sealed class RequestEvaluation(ShieldStore store, TimeProvider clock)
{
    public ShieldAnswer Answer(JsonElement body)
    {
        var problems = new BodyProblems();
        if (DescribedRequest.Read(body, problems) is not { } request)
        {
            return ShieldAnswer.Refuse(problems);
        }

        var then = request.Time is { } time ? new StandingClock(time) : clock;
        var set = store.Current;
        var found = set.Evaluate(
            request.Context,
            new() { Matching = request.Matching, UnknownHosts = ApiShieldUnknown.Allow, UnknownOperations = ApiShieldUnknown.Allow },
            then);
        store.Verdicts.Add(VerdictEntry.From(found, clock.GetUtcNow(), isAsked: true));
        return ShieldAnswer.Of(writer => Tell(writer, found, set), problems.All);
    }

    private static void Tell(Utf8JsonWriter writer, ApiShieldTokenValidation found, ApiShieldRuleSet set)
    {
        writer.WriteStartObject();
        writer.WriteString("verdict", Verdicts.Of(found));
        writer.WriteString("outcome", Verdicts.Word(found.Outcome));
        writer.WritePropertyName("operation");
        if (found.Operation is not { } operation)
        {
            writer.WriteNullValue();
        }
        else
        {
            OperationJson.Tell(writer, operation);
        }

        writer.WritePropertyName("rule");
        if (found.Rule is not { } rule)
        {
            writer.WriteNullValue();
        }
        else
        {
            RuleJson.Tell(writer, rule);
        }

        writer.WriteStartArray("reasons");
        foreach (var configuration in set.Configurations)
        {
            writer.WriteStartObject();
            writer.WriteString("configuration_id", configuration.Id);
            writer.WriteString("title", configuration.Title);
            writer.WriteString("token", Verdicts.Word(found.GetVerdict(configuration.Id)!));
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
