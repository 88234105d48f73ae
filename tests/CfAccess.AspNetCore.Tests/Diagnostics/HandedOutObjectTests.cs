using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using CfAccess.Http;
using CfAccess.Testing;
using CfAccess.Testing.Leaks;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace CfAccess.AspNetCore.Tests.Diagnostics;

/// <summary>What an application is given can be written out as a whole, by a logger or a serializer, and shows no token and no secret.</summary>
public sealed class HandedOutObjectTests(HandedOutObjects objects) : IClassFixture<HandedOutObjects>
{
    private static readonly string[] OfARequest =
    [
        "principal", "identity", "clone of the principal", "clone of the identity", "claims", "subject of a claim", "result of authentication",
        "ticket", "clone of the ticket", "properties", "features of the library", "handler",
    ];

    /// <summary>The members that hold a token or a secret on purpose.</summary>
    private static readonly Dictionary<string, (string Object, string Reason)> OnPurpose = new(StringComparer.Ordinal)
    {
        ["CloudflareAccessMessageReceivedContext.Token"] = ("message received", "An event gives the scheme a token by it. The scheme never sets it."),
        ["AccessServiceTokenOptions.ClientSecret"] = ("options of a service token", "The application binds it, or sets it, for each request."),
    };

    public static TheoryData<string> Names { get; } =
    [
        .. OfARequest.Select(name => $"person: {name}"), .. OfARequest.Select(name => $"service: {name}"), "person: answer of get-identity",
        "message received", "token validated", "authentication failed", "challenge", "forbidden", "exception",
        "accepted result of the validator", "rejected result of the validator", "options of the scheme", "options of External Evaluation",
        "options of a service token", "services", "endpoints", "handlers of a client",
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void Public_members_lead_to_no_token_and_no_secret(string name) =>
        new PublicMembers(OnPurpose.Keys).Find(objects[name], objects.Secrets).ShouldBeEmpty();

    [Fact]
    public void Public_members_of_the_registered_services_lead_to_no_token_and_no_secret() =>
        new PublicMembers(OnPurpose.Keys).Find(objects["registrations"], objects.Secrets).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Names))]
    public void JSON_holds_no_token_and_no_secret(string name)
    {
        var json = JsonOfAnything.Write(objects[name]);

        json.ShouldNotBeEmpty();
        objects.Secrets.ShouldNotContain(secret => json.Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public void Each_member_that_is_exempt_is_there_and_keeps_its_value_out_of_JSON()
    {
        foreach (var (member, (name, _)) in OnPurpose)
        {
            var owner = objects[name];
            var property = owner.GetType().GetProperty(member.Split('.')[1]).ShouldNotBeNull(member);

            property.DeclaringType!.Name.ShouldBe(member.Split('.')[0]);
            property.SetValue(owner, HandedOutObjects.ClientSecret);
            JsonOfAnything.Write(owner).ShouldNotContain(HandedOutObjects.ClientSecret);
        }
    }

    [Fact]
    public void A_secret_that_is_kept_out_of_JSON_is_still_bound_from_configuration_and_read_from_JSON()
    {
        var section = new ConfigurationBuilder().AddInMemoryCollection([new("Token:ClientSecret", "sentinel")]).Build().GetSection("Token");

        section.Get<AccessServiceTokenOptions>()!.ClientSecret.ShouldBe("sentinel");
        JsonSerializer.Deserialize<AccessServiceTokenOptions>("""{"ClientSecret":"sentinel"}""")!.ClientSecret.ShouldBe("sentinel");
    }

    [Theory]
    [InlineData("principal")]
    [InlineData("identity")]
    [InlineData("clone of the identity")]
    [InlineData("claims")]
    [InlineData("result of authentication")]
    [InlineData("ticket")]
    [InlineData("features of the library")]
    public void Serilog_writes_no_token_and_no_secret(string name)
    {
        // Less than Serilog's own bounds: where the promise is broken, those let one event take all memory.
        var sink = new TextSink();
        using var logger = new LoggerConfiguration()
            .Destructure.ToMaximumDepth(6).Destructure.ToMaximumCollectionCount(20).WriteTo.Sink(sink).CreateLogger();

        logger.Information("{@User}", objects[$"person: {name}"]);
        logger.Information("{@User}", objects[$"service: {name}"]);

        sink.Text.ShouldContain(name == "features of the library" ? "Token" : TestTeam.ClientId);
        objects.Secrets.ShouldNotContain(secret => sink.Text.Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_controller_that_responds_with_the_identity_sends_no_token_to_the_browser()
    {
        await using var host = await AccessHost.StartAsync(
            options => options.GroupsClaim = "groups",
            builder => builder.Services.AddControllers()
                .AddJsonOptions(json => json.JsonSerializerOptions.ReferenceHandler = ReferenceHandler.IgnoreCycles)
                .AddApplicationPart(typeof(WhoAmIController).Assembly),
            app => app.MapControllers());
        var token = host.Minter.MintPerson();

        using var response = await host.GetAsync(token, "/who-am-i");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var body = await response.Content.ReadAsStringAsync();
        body.ShouldContain(TestTeam.Email);
        body.ShouldNotContain(token.Split('.')[2]);
    }

    [Fact]
    public async Task A_ticket_holds_the_token_only_where_SaveToken_is_on()
    {
        await using var host = await AccessHost.StartAsync(
            options => options.SaveToken = true,
            map: app => app.MapGet("/saved", (Delegate)ReadTokenAsync).RequireAuthorization());
        var token = host.Minter.MintPerson();

        using var response = await host.GetAsync(token, "/saved");

        (await response.Content.ReadAsStringAsync()).ShouldBe(token);
        new PublicMembers().Find(objects["person: properties"], objects.Secrets).ShouldBeEmpty();
    }

    private static Task<string?> ReadTokenAsync(HttpContext context) => context.GetTokenAsync(CloudflareAccessDefaults.TokenName);

    private sealed class TextSink : ILogEventSink
    {
        public string Text { get; private set; } = string.Empty;

        public void Emit(LogEvent logEvent) => Text += logEvent.RenderMessage();
    }
}

[Route("who-am-i")]
[Authorize]
public sealed class WhoAmIController : ControllerBase
{
    [HttpGet]
    public IActionResult Get() => Ok(User.Identity);
}
