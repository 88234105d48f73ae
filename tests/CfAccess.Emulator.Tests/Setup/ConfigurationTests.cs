using System.IdentityModel.Tokens.Jwt;
using System.Text;
using CfAccess.AspNetCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CfAccess.Emulator.Tests.Setup;

public sealed class ConfigurationTests
{
    [Fact]
    public async Task People_services_and_applications_come_from_configuration()
    {
        await using var app = await StartAsync("""
            {
              "SessionDuration": "01:00:00",
              "MintSecret": "let-me",
              "People": [
                {
                  "Email": "carol@example.com", "Name": "Carol", "Groups": [ "finance", "board" ], "Country": "NL", "IdentityProvider": "azureAD",
                  "Custom": { "department": "Accounts", "roles": [ "reader", "writer" ], "manager": { "name": "Dave" } }
                }
              ],
              "ServiceTokens": [ { "Name": "CI", "ClientId": "ci.access", "ClientSecret": "s3cret" } ],
              "Applications": [
                {
                  "Name": "books", "Audience": "tag-books", "Paths": [ "/guarded" ], "BypassOptionsRequests": true,
                  "Policies": [ { "Groups": [ "finance" ] }, { "Action": "serviceauth", "ServiceTokens": [ "ci.access" ] } ]
                }
              ]
            }
            """);

        var emulator = app.Emulator;
        var person = emulator.People.ShouldHaveSingleItem();
        (person.Email, person.Name, person.Country, person.IdentityProvider).ShouldBe(("carol@example.com", "Carol", "NL", "azureAD"));
        emulator.ServiceTokens.ShouldHaveSingleItem().ClientSecret.ShouldBe("s3cret");
        emulator.MintSecret.ShouldBe("let-me");
        emulator.Audiences.ShouldBe(["tag-books"]);

        var session = emulator.LogIn("carol@example.com");
        (session.ExpiresAt - session.IssuedAt).ShouldBe(TimeSpan.FromHours(1));
        var payload = new JwtSecurityTokenHandler().ReadJwtToken(session.Token).Payload;
        payload["country"].ShouldBe("NL");
        payload["custom"].ToString().ShouldBe(
            """{"groups":["finance","board"],"department":"Accounts","manager":{"name":"Dave"},"roles":["reader","writer"]}""");
    }

    [Fact]
    public async Task Code_wins_over_configuration_and_a_list_replaces_the_default()
    {
        await using var app = await StartAsync(
            """{ "SessionDuration": "01:00:00", "People": [ { "Email": "carol@example.com" } ] }""",
            options => options.SessionDuration = TimeSpan.FromHours(2));

        app.Emulator.People.Select(person => person.Email).ShouldBe(["carol@example.com"]);
        app.Emulator.ServiceTokens.ShouldHaveSingleItem().ClientId.ShouldBe(AccessEmulatorDefaults.ServiceTokenClientId);
        var session = app.Emulator.LogIn("carol@example.com");
        (session.ExpiresAt - session.IssuedAt).ShouldBe(TimeSpan.FromHours(2));
    }

    [Theory]
    [InlineData("""{ "Peeple": [] , "Peeple:0": "x" }""", "CloudflareAccess:Emulator:Peeple is not a setting")]
    [InlineData("""{ "People": [ { "Mail": "a@example.com" } ] }""", "CloudflareAccess:Emulator:People:0:Mail is not a setting")]
    [InlineData("""{ "People": [ { "Name": "Carol" } ] }""", "CloudflareAccess:Emulator:People:0: Email has to be an e-mail address")]
    [InlineData("""{ "People": [ { "Email": "carol" } ] }""", "CloudflareAccess:Emulator:People:0: Email has to be an e-mail address")]
    [InlineData("""{ "People": [ { "Email": "c@x", "Groups": [ "a" ], "Custom": { "groups": [ "b" ] } } ] }""", "Groups and Custom both give the member groups")]
    [InlineData("""{ "People": [ { "Email": "c@x", "Groups": [ " " ] } ] }""", "Groups has an empty name")]
    [InlineData("""{ "People": [ { "Email": "c@x", "Custom": "department" } ] }""", "People:0:Custom is a single value")]
    [InlineData("""{ "AllowOutsideDevelopment": true }""", "AllowOutsideDevelopment is not a setting")]
    [InlineData("""{ "AllowedNetworks": [ "10.0.0.0/8" ] }""", "AllowedNetworks is not a setting")]
    [InlineData("""{ "AllowedHosts": [ "app.test:5080" ] }""", "AllowedHosts has to be a list of host names without a port")]
    [InlineData("""{ "SessionDuration": "forever" }""", "SessionDuration is 'forever', but has to be a time span")]
    [InlineData("""{ "MintSecret": "a b" }""", "MintSecret has to be a word")]
    [InlineData("""{ "Applications": [ { "Audience": "t" }, { "Audience": "t", "Paths": [ "/b" ] } ] }""", "has the AUD tag t more than once")]
    [InlineData("""{ "Applications": [ { "Name": "a" }, { "Name": "b", "Paths": [ "/b" ] } ] }""", "AUD tag of the app under development (no Audience) more than once")]
    [InlineData("""{ "Applications": [ { "Audience": "a", "Paths": [ "/x" ] }, { "Audience": "b", "Paths": [ "/x/" ] } ] }""", "has the path /x more than once")]
    [InlineData("""{ "Applications": [ { "Paths": [ "/x/*" ] } ] }""", "Applications:0:Paths has to be a list of paths")]
    [InlineData("""{ "Applications": [ { "Paths": [ "x" ] } ] }""", "Applications:0:Paths has to be a list of paths")]
    [InlineData("""{ "Applications": [ { "Paths": [ "/x/../y" ] } ] }""", "Applications:0:Paths has to be a list of paths")]
    [InlineData("""{ "Applications": [ { "Policies": [ { "Groups": [ "sales" ] } ] } ] }""", "Groups names sales, which is no group of anybody in People. Groups there: platform.")]
    [InlineData("""{ "Applications": [ { "Policies": [ { "Action": "ServiceAuth", "ServiceTokens": [ "no.access" ] } ] } ] }""", "names no.access, which is no Client ID")]
    [InlineData("""{ "Applications": [ { "Policies": [ { "Action": "Allow" } ] } ] }""", "Policies:0 is Allow: name Emails, EmailDomains, Groups or ExternalEvaluation, or set Everyone")]
    [InlineData("""{ "Applications": [ { "Policies": [ { "Action": "ServiceAuth", "Emails": [ "a@b" ] } ] } ] }""", "Policies:0 is ServiceAuth")]
    [InlineData("""{ "Applications": [ { "Policies": [ { "Action": "Bypass", "Emails": [ "a@b" ] } ] } ] }""", "Policies:0 is Bypass")]
    [InlineData("""{ "Applications": [ { "Policies": [ { "Action": "Deny", "Everyone": true } ] } ] }""", "Action is 'Deny', but has to be one of Allow, ServiceAuth, Bypass")]
    public async Task A_wrong_setting_stops_the_start_and_says_where_and_what(string settings, string message) =>
        (await Should.ThrowAsync<OptionsValidationException>(() => StartAsync(settings))).Message.ShouldContain(message);

    [Fact]
    public async Task A_scheme_without_audiences_accepts_every_application()
    {
        await using var app = await EmulatedApp.StartAsync(
            options => options.Applications = [new() { Audience = "tag-1" }, new() { Paths = ["/b"] }],
            builder => builder.Services.AddCloudflareAccess());

        Scheme(app).Audiences.ShouldBe(["tag-1", AccessEmulatorDefaults.Audience]);
        app.Emulator.Audiences.ShouldBe(["tag-1", AccessEmulatorDefaults.Audience]);
    }

    [Fact]
    public async Task An_application_without_an_AUD_tag_follows_the_app_and_leaves_the_tags_of_others_to_them()
    {
        await using var app = await EmulatedApp.StartAsync(
            options => options.Applications = [new() { Audience = "tag-1", Paths = ["/a"] }, new() { Name = "rest" }],
            builder => builder.Services.AddCloudflareAccess(options => options.Audiences = ["tag-1", "tag-2"]));

        app.Emulator.Applications.All.Select(application => string.Join(',', application.Audiences)).ShouldBe(["tag-1", "tag-2"]);
    }

    [Fact]
    public async Task A_scheme_that_accepts_no_application_stops_the_start()
    {
        var start = () => EmulatedApp.StartAsync(
            options => options.Applications = [new() { Audience = "tag-1" }],
            builder => builder.Services.AddCloudflareAccess(options => options.Audiences = ["tag-2"]));

        (await Should.ThrowAsync<OptionsValidationException>(start)).Message
            .ShouldContain("Authentication:Schemes:CloudflareAccess:Audiences has no AUD tag of the emulator's applications (tag-1)");
    }

    private static CloudflareAccessOptions Scheme(EmulatedApp app) => app.Services
        .GetRequiredService<IOptionsMonitor<CloudflareAccessOptions>>().Get(CloudflareAccessDefaults.AuthenticationScheme);

    private static Task<EmulatedApp> StartAsync(string settings, Action<AccessEmulatorOptions>? configure = null)
    {
        var json = $$"""{ "CloudflareAccess": { "Emulator": {{settings}} } }""";
        return EmulatedApp.StartAsync(
            configure,
            builder => builder.Configuration.AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json))));
    }
}
