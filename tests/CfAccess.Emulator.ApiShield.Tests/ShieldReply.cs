using System.Net;
using System.Text.Json.Nodes;

namespace CfAccess.Emulator.ApiShield.Tests;

/// <summary>An answer of the API.</summary>
internal sealed record ShieldReply(HttpStatusCode Status, JsonObject Json, string Text)
{
    public JsonNode Result => Json["result"]!;

    public string Id => Result["id"]!.GetValue<string>();

    public IReadOnlyList<JsonNode> Errors => [.. Json["errors"]!.AsArray().Select(one => one!)];

    /// <summary>Where the errors are; an error that is about no place counts as null.</summary>
    public IReadOnlyList<string?> Pointers => [.. Errors.Select(one => one["source"]?["pointer"]?.GetValue<string>())];

    public IReadOnlyList<string> Messages => [.. Json["messages"]!.AsArray().Select(one => one!["message"]!.GetValue<string>())];

    /// <summary>A success in its envelope.</summary>
    public ShieldReply Good()
    {
        Status.ShouldBe(HttpStatusCode.OK, Text);
        Json["success"]!.GetValue<bool>().ShouldBeTrue();
        Errors.ShouldBeEmpty();
        return this;
    }

    /// <summary>A failure in its envelope, in whose errors the emulator says whose they are.</summary>
    public ShieldReply Bad(HttpStatusCode status = HttpStatusCode.BadRequest)
    {
        Status.ShouldBe(status, Text);
        Json["success"]!.GetValue<bool>().ShouldBeFalse();
        Json["result"].ShouldBeNull();
        Json["messages"]!.AsArray().ShouldBeEmpty();
        Errors.ShouldNotBeEmpty();
        foreach (var error in Errors)
        {
            var code = error["code"]!.GetValue<int>();
            (code == 7003 || (code is >= 990000 and <= 990099 && error["message"]!.GetValue<string>().StartsWith("CfAccess emulator: ", StringComparison.Ordinal)))
                .ShouldBeTrue(Text);
        }

        return this;
    }
}
