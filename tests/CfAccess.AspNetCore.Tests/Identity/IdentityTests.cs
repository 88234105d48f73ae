using System.Net;
using System.Security.Claims;
using System.Text.Json.Nodes;
using CfAccess.Shared.Http;
using CfAccess.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.AspNetCore.Tests.Identity;

/// <summary>The identity as an application reads it.</summary>
public sealed class IdentityTests
{
    [Fact]
    public async Task Every_member_that_Cloudflare_documents_is_a_property_and_every_other_is_readable()
    {
        var identity = (await AskAsync(_ => { })).ShouldNotBeNull();

        identity.Email.ShouldBe(TestTeam.Email);
        identity.Name.ShouldBe("Alice Example");
        identity.IdentityProvider!.Id.ShouldBe("f174e90a-fafe-4643-bbbc-4a0ed4fc8415");
        identity.IdentityProvider.Type.ShouldBe("okta");
        identity.Country.ShouldBe("NL");
        identity.UserId.ShouldBe(TestTeam.Subject);
        identity.AccountId.ShouldBe("699d98642c564d2e855e9661899b7252");
        identity.IpAddress.ShouldBe("198.51.100.7");
        identity.AuthenticationStatus.ShouldBe("NONE");
        identity.IssuedAt.ShouldBe(DateTimeOffset.FromUnixTimeSeconds(1772366400));
        identity.DevicePosture["check-1"].GetProperty("success").GetBoolean().ShouldBeTrue();
        identity.DeviceSessions.ShouldBeEmpty();
        identity.DeviceId.ShouldBe("d1");
        identity.IsWarp.ShouldBeTrue();
        identity.IsGateway.ShouldBeFalse();
        identity.GatewayAccountId.ShouldBe(string.Empty);
        identity.CommonName.ShouldBe(string.Empty);
        identity.ServiceTokenId.ShouldBe(string.Empty);
        identity.ServiceTokenStatus.ShouldBeFalse();
        identity.Groups.ShouldBeEmpty();
        identity.Json.GetProperty("oidc_fields").GetProperty("level").GetInt32().ShouldBe(5);
        identity.Json.GetProperty("version").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task Groups_are_names_or_objects()
    {
        var identity = (await AskAsync(json =>
            json["groups"] = JsonNode.Parse("""["one",{"id":"2","name":"two","email":"two@example.com"},{"id":"3"}]"""))).ShouldNotBeNull();

        identity.Groups.Select(group => $"{group.Name}/{group.Id}/{group.Email}").ShouldBe(["one//", "two/2/two@example.com", "/3/"]);
    }

    [Fact]
    public async Task The_fields_of_a_service_token_are_read()
    {
        var identity = (await AskAsync(json =>
            (json["common_name"], json["service_token_id"], json["service_token_status"]) = (TestTeam.ClientId, "id-1", true))).ShouldNotBeNull();

        (identity.CommonName, identity.ServiceTokenId, identity.ServiceTokenStatus).ShouldBe((TestTeam.ClientId, "id-1", true));
    }

    [Fact]
    public async Task Members_of_any_other_shape_are_nothing_and_no_failure()
    {
        var identity = (await AskAsync(json =>
        {
            foreach (var name in json.Select(member => member.Key).Where(name => name != "email").ToList())
            {
                json[name] = new JsonArray(1, "x", new JsonObject());
            }

            json["groups"] = null;
            json["iat"] = "yesterday";
            json["idp"] = "okta";
        })).ShouldNotBeNull();

        identity.Email.ShouldBe(TestTeam.Email);
        identity.Name.ShouldBeNull();
        identity.IssuedAt.ShouldBeNull();
        identity.DevicePosture.ShouldBeEmpty();
        identity.IsWarp.ShouldBeFalse();
        identity.IdentityProvider.ShouldNotBeNull().Id.ShouldBeNull();
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("1e400")]
    [InlineData("1.5")]
    [InlineData("253402300800")]
    public async Task A_time_that_is_none_is_nothing(string time)
    {
        await using var host = await StartAsync();
        host.Identities.AnswerWith($$"""{"email":"{{TestTeam.Email}}","iat":{{time}}}""");

        (await AskAsync(host, host.Minter.MintPerson())).ShouldNotBeNull().IssuedAt.ShouldBeNull();
    }

    [Fact]
    public async Task A_service_token_and_nobody_have_no_identity_and_cost_no_call()
    {
        await using var host = await StartAsync();

        (await AskAsync(host, host.Minter.MintService())).ShouldBeNull();
        (await AskAsync(host, host.Minter.MintService(payload => payload["sub"] = "device"))).ShouldBeNull();
        (await AskAsync(host, token: null)).ShouldBeNull();
        (await AskAsync(host, "forged")).ShouldBeNull();
        host.Identities.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Another_schemes_identity_with_the_same_claims_is_never_asked_about()
    {
        await using var host = await StartAsync();
        var context = new DefaultHttpContext
        {
            User = new ClaimsPrincipal(new ClaimsIdentity([new Claim("email", TestTeam.Email), new Claim("iss", TestTeam.Issuer)], "Other")),
            RequestServices = host.Services,
        };

        (await context.GetAccessIdentityAsync()).ShouldBeNull();
        host.Identities.Count.ShouldBe(0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_endpoint_that_needed_an_identity_in_vain_is_answered_503(bool hasExceptionHandler)
    {
        await using var host = await IdentityRig.StartAsync(map: app =>
        {
            if (hasExceptionHandler)
            {
                app.UseExceptionHandler(handler => handler.Run(context => context.Response.WriteAsync("handled")));
            }
        });
        host.Identities.Fail();

        using var response = await host.GetAsync(host.Minter.MintPerson(), "/groups");

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(10));
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Fact]
    public async Task No_client_logs_its_requests_even_if_the_application_configures_all_clients()
    {
        await using var host = await IdentityRig.StartAsync(
            build: builder => builder.Services.ConfigureHttpClientDefaults(client => client.RedactLoggedHeaders(["Authorization"])));
        var token = host.Minter.MintPerson();

        await host.BodyAsync(token, "/groups");

        host.Log.Entries.ShouldNotContain(entry => entry.Category.Contains(CloudflareAccessDefaults.IdentityHttpClient, StringComparison.Ordinal));
        host.Log.Entries.ShouldNotContain(entry => entry.Category.Contains(CloudflareAccessDefaults.KeysHttpClient, StringComparison.Ordinal));
        host.Identities.Count.ShouldBe(1, "the request was made");
    }

    [Fact]
    public async Task An_answer_that_alone_takes_all_the_memory_there_is_is_still_asked_for_once()
    {
        await using var host = await IdentityRig.StartAsync(options => options.Identity.MaximumBytes = 65_536);
        host.Identities.Tell(identity => identity["padding"] = new string('x', 20_000));
        var token = host.Minter.MintPerson();

        await host.BodyAsync(token, "/groups");
        await host.BodyAsync(token, "/groups");

        host.Identities.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_identity_that_is_not_to_be_had_is_an_exception_or_by_option_nothing(bool isRequired)
    {
        await using var host = await StartAsync(isRequired);
        host.Identities.Fail();
        var token = host.Minter.MintPerson();

        if (isRequired)
        {
            (await Should.ThrowAsync<CloudflareAccessIdentityUnavailableException>(() => AskAsync(host, token)))
                .RetryAfter.ShouldBe(TimeSpan.FromSeconds(10));
        }
        else
        {
            (await AskAsync(host, token)).ShouldBeNull();
        }
    }

    [Fact]
    public async Task An_event_asks_by_its_own_principal()
    {
        await using var host = await AccessHost.StartAsync(options => options.Events.OnTokenValidated = async context =>
        {
            var identity = await context.Principal!.GetAccessIdentityAsync(context.HttpContext.RequestAborted);
            ((ClaimsIdentity)context.Principal!.Identity!).AddClaim(new Claim("nickname", identity!.Name!));
        });

        (await host.PrincipalAsync(host.Minter.MintPerson())).ShouldNotBeNull().FindFirstValue("nickname").ShouldBe("Alice Example");
    }

    [Fact]
    public async Task The_token_that_an_event_brought_is_the_one_that_is_asked_about()
    {
        await using var host = await IdentityRig.StartAsync(options => options.Events.OnMessageReceived = context =>
        {
            context.Token = context.Request.Headers["X-Token"];
            return Task.CompletedTask;
        });
        var token = host.MintFor("bob@example.com");

        using var response = await host.GetAsync("/groups", ("X-Token", token), (CloudflareAccessDefaults.AssertionHeader, host.Minter.MintPerson()));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        host.Identities.Requests.Single().Token.ShouldBe(token);
    }

    private static Task<AccessHost> StartAsync(bool isRequired = true) =>
        AccessHost.StartAsync(options => options.Identity.Required = isRequired);

    private static async Task<AccessIdentity?> AskAsync(Action<JsonObject> change)
    {
        await using var host = await StartAsync();
        host.Identities.Tell(change);
        return await AskAsync(host, host.Minter.MintPerson());
    }

    private static async Task<AccessIdentity?> AskAsync(AccessHost host, string? token)
    {
        var context = await host.Server.SendAsync(context =>
        {
            context.Request.Path = "/open";
            context.Request.Headers[CloudflareAccessDefaults.AssertionHeader] = token;
        });
        return await context.User.GetAccessIdentityAsync();
    }
}
