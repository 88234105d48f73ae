using System.Net;
using System.Text.Json.Nodes;
using CfAccess.AspNetCore;
using CfAccess.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.ApiShield.Tests;

/// <summary>API Shield beside the authentication scheme: each looks at its own token, and both have to be content.</summary>
public sealed class AccessTests
{
    private static readonly TestKey ApiKey = TestKey.Get("api");

    [Theory]
    [InlineData(true, true, HttpStatusCode.OK)]
    [InlineData(true, false, HttpStatusCode.Forbidden)]
    [InlineData(false, true, HttpStatusCode.Unauthorized)]
    [InlineData(false, false, HttpStatusCode.Unauthorized)]
    public async Task Both_have_to_be_content(bool hasAccess, bool hasJwt, HttpStatusCode status)
    {
        var documents = ShieldDocuments.With(documents =>
        {
            documents.Configurations[0]!["credentials"]!["keys"] = new JsonArray(ApiKey.ToJwk());
            documents.Operations.Add(ShieldDocuments.Operation("GET", "/me", host: "localhost"));
            documents.Rules[0]!["selector"]!["include"]![0]!["host"]!.AsArray().Add("localhost");
        });
        await using var host = await AccessHost.StartAsync(
            build: builder => builder.Services.AddApiShield(documents.GiveTo),
            map: app => app.UseApiShield());

        List<(string, string)> headers = [];
        if (hasAccess)
        {
            headers.Add((CloudflareAccessDefaults.AssertionHeader, host.Minter.MintPerson()));
        }

        if (hasJwt)
        {
            headers.Add(("Authorization", "Bearer " + new TokenMinter(host.Clock, ApiKey).Sign(new JsonObject { ["sub"] = "alice" })));
        }

        using var response = await host.GetAsync("/me", [.. headers]);
        response.StatusCode.ShouldBe(status);
    }
}
