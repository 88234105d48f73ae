using System.Text.Json;
using System.Text.Json.Serialization;
using CfAccess.Cli.Doctor;
using CfAccess.Cli.Emulate;
using CfAccess.Cli.Inspect;
using CfAccess.Cli.Keys;
using CfAccess.Cli.Rules;
using CfAccess.Cli.Verify;

namespace CfAccess.Cli.Output;

/// <summary>
/// What <c>--json</c> gives, told in docs/cli.md. Members are added, never renamed or taken away; one without a value is null. The usual
/// encoder escapes whatever is not ASCII.
/// </summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(DoctorReport))]
[JsonSerializable(typeof(EmulateReport))]
[JsonSerializable(typeof(ExportedKeySet))]
[JsonSerializable(typeof(FailureReport))]
[JsonSerializable(typeof(InspectReport))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(KeysReport))]
[JsonSerializable(typeof(RulesCheckReport))]
[JsonSerializable(typeof(RulesTestReport))]
[JsonSerializable(typeof(TokenReport))]
[JsonSerializable(typeof(VerifyReport))]
internal sealed partial class CliJson : JsonSerializerContext;

/// <summary>The same for what goes on: one object a line.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(KeyChange))]
internal sealed partial class CliJsonLines : JsonSerializerContext;

/// <summary>What is sent to a running emulator.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TokenWish))]
internal sealed partial class EmulatorJson : JsonSerializerContext;
