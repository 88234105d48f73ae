using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace CfAccess.EndToEnd.Tests.Samples;

/// <summary>What a newcomer sees after <c>dotnet run --project samples/Mvc</c>.</summary>
public sealed class MvcTests(MvcSample sample) : IClassFixture<MvcSample>
{
    private const string Alice = "alice@example.com";
    private const string Bob = "bob@example.com";

    [Fact]
    public async Task The_home_page_is_public_and_says_who_one_is()
    {
        using var stranger = sample.NewBrowser();
        using var alice = await sample.LogInAsync(Alice);

        (await MvcSample.OpenAsync(stranger, "/")).Body!.TextContent.ShouldNotContain("You are");
        var page = (await MvcSample.OpenAsync(alice, "/")).Body!.TextContent;
        page.ShouldContain($"You are {Alice}, in the groups: platform.");
    }

    [Theory]
    [InlineData("/notes", HttpStatusCode.OK, HttpStatusCode.OK)]
    [InlineData("/admin", HttpStatusCode.OK, HttpStatusCode.Forbidden)]
    [InlineData("/api/notes", HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    public async Task Alice_and_bob_may_see_what_is_theirs(string path, HttpStatusCode forAlice, HttpStatusCode forBob)
    {
        using var alice = await sample.LogInAsync(Alice);
        using var bob = await sample.LogInAsync(Bob);

        (await StatusAsync(alice, path)).ShouldBe(forAlice);
        (await StatusAsync(bob, path)).ShouldBe(forBob);
    }

    [Theory]
    [InlineData("/notes")]
    [InlineData("/admin")]
    public async Task A_stranger_is_sent_to_the_login(string path)
    {
        using var stranger = sample.NewClient();
        using var response = await stranger.GetAsync(path);

        response.StatusCode.ShouldBe(HttpStatusCode.Found);
        response.Headers.Location!.OriginalString.ShouldStartWith("/cdn-cgi/access/login/127.0.0.1?");
    }

    [Fact]
    public async Task Who_may_not_is_told_so_on_a_page()
    {
        using var bob = await sample.LogInAsync(Bob);
        using var response = await bob.GetAsync("/admin");

        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var page = await MvcSample.PageAsync(response);
        page.QuerySelector("h1")!.TextContent.ShouldBe("Forbidden");
        page.Body!.TextContent.ShouldContain("You are logged in, and may not do this.");
    }

    [Fact]
    public async Task A_note_is_added_by_the_form_and_shown_escaped()
    {
        using var alice = await sample.LogInAsync(Alice);
        using var landing = await MvcSample.SubmitAsync(
            alice, await MvcSample.OpenAsync(alice, "/notes"), "/notes", KeyValuePair.Create("text", "<b>milk</b>"));

        landing.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await MvcSample.PageAsync(landing)).QuerySelectorAll("li").Select(item => item.TextContent)
            .ShouldContain(item => item.Contains($"<b>milk</b> by {Alice}"));
    }

    [Fact]
    public async Task A_note_that_is_too_long_is_refused_with_a_word()
    {
        using var alice = await sample.LogInAsync(Alice);
        using var refused = await MvcSample.SubmitAsync(
            alice, await MvcSample.OpenAsync(alice, "/notes"), "/notes", KeyValuePair.Create("text", new string('a', 201)));

        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await MvcSample.PageAsync(refused)).QuerySelector("[role=alert]")!.TextContent.ShouldBe("A note has 1 to 200 characters.");
    }

    [Fact]
    public async Task Without_antiforgery_a_form_is_refused_although_the_caller_is_known()
    {
        using var alice = await sample.LogInAsync(Alice);
        using var form = new FormUrlEncodedContent([new("text", "forged by another site")]);
        using var response = await alice.PostAsync("/notes", form);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await MvcSample.OpenAsync(alice, "/notes")).Body!.TextContent.ShouldNotContain("forged by another site");
    }

    [Fact]
    public async Task The_antiforgery_token_of_somebody_else_is_refused()
    {
        using var alice = await sample.LogInAsync(Alice);
        using var bob = await sample.LogInAsync(Bob);
        await MvcSample.OpenAsync(alice, "/notes");
        using var response = await MvcSample.SubmitAsync(
            alice, await MvcSample.OpenAsync(bob, "/notes"), "/notes", KeyValuePair.Create("text", "bob's token"));

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Only_editors_may_clear_the_notes()
    {
        using var alice = await sample.LogInAsync(Alice);
        using var bob = await sample.LogInAsync(Bob);
        using var refused = await MvcSample.SubmitAsync(bob, await MvcSample.OpenAsync(bob, "/notes"), "/notes/clear");
        using var cleared = await MvcSample.SubmitAsync(alice, await MvcSample.OpenAsync(alice, "/notes"), "/notes/clear");

        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        cleared.RequestMessage!.RequestUri!.AbsolutePath.ShouldBe("/notes");
    }

    [Fact]
    public async Task The_service_adds_notes_and_reads_them_and_sees_no_pages()
    {
        using var robot = sample.NewClient(("CF-Access-Client-Id", sample.ClientId), ("CF-Access-Client-Secret", sample.ClientSecret));
        using var added = await robot.PostAsJsonAsync("/api/notes", new { text = "by night" });

        added.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var notes = JsonDocument.Parse(await robot.GetStringAsync("/api/notes")).RootElement;
        notes.EnumerateArray().ShouldContain(note => note.GetProperty("author").GetString() == sample.ClientId);
        (await StatusAsync(robot, "/notes")).ShouldBe(HttpStatusCode.Forbidden);
        (await StatusAsync(robot, "/admin")).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task The_api_refuses_a_person_with_problem_details()
    {
        using var alice = await sample.LogInAsync(Alice);
        using var response = await alice.PostAsJsonAsync("/api/notes", new { text = "by hand" });

        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Fact]
    public async Task The_sign_out_link_ends_the_session()
    {
        using var alice = await sample.LogInAsync(Alice);
        var link = (await MvcSample.OpenAsync(alice, "/")).QuerySelectorAll("a").Single(link => link.TextContent == "Log out");
        using var landing = await alice.GetAsync(link.GetAttribute("href"));

        landing.StatusCode.ShouldBe(HttpStatusCode.OK);
        landing.RequestMessage!.RequestUri!.AbsolutePath.ShouldBe("/cdn-cgi/access/logout");
        (await MvcSample.OpenAsync(alice, "/")).Body!.TextContent.ShouldNotContain("You are");
    }

    /// <summary>What a reader has to read: code and views, without blank lines.</summary>
    [Fact]
    public void It_has_under_150_lines()
    {
        var home = Testing.RepositoryFile.Find("samples/Mvc");
        string[] own = [.. Directory.EnumerateFiles(home, "*.cs*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".cs" or ".cshtml")
            .Where(file => Path.GetRelativePath(home, file).Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"))];

        own.Length.ShouldBeGreaterThan(5);
        own.Sum(file => File.ReadLines(file).Count(line => !string.IsNullOrWhiteSpace(line))).ShouldBeLessThan(150);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path)
    {
        using var response = await client.GetAsync(path);
        return response.StatusCode;
    }
}
