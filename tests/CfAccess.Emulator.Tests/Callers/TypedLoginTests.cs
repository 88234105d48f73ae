using System.Net;

namespace CfAccess.Emulator.Tests.Callers;

public sealed class TypedLoginTests
{
    [Theory]
    [InlineData("", null)]
    [InlineData("eve", null)]
    [InlineData("@example.com", null)]
    [InlineData("eve@", null)]
    [InlineData("eve @example.com", null)]
    [InlineData("eve@example.com", "")]
    [InlineData(" eve@example.com ", " sales ,, platform ")]
    public async Task Anybody_with_an_e_mail_address_can_log_in(string email, string? groups)
    {
        await using var app = await EmulatedApp.StartAsync();
        using var browser = app.Browser();
        const string login = "/cdn-cgi/access/login";
        var fields = Browser.FieldsOf(await browser.OpenAsync(login)).Take(1);
        using var response = await browser.SendFormAsync(login, [.. fields, new("email", email), new("groups", groups ?? string.Empty)]);

        response.StatusCode.ShouldBe(groups is null ? HttpStatusCode.BadRequest : HttpStatusCode.SeeOther);
        if (groups is null)
        {
            (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("That is no e-mail address.");
        }
        else
        {
            var person = app.Emulator.Sessions.All.ShouldHaveSingleItem().Person!;
            (person.Email, string.Join(' ', person.Groups)).ShouldBe(("eve@example.com", groups.Length > 0 ? "sales platform" : string.Empty));
        }
    }
}
