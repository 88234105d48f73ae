using System.Text.Json.Serialization;

namespace CfAccess.ApiShield.Tests.Documents;

/// <summary>The words of states, as an API would write them.</summary>
[JsonSerializable(typeof(ApiShieldOperationState))]
internal sealed partial class StateJson : JsonSerializerContext;
