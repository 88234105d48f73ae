using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CfAccess.Testing;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.Emulator.Tests.Evaluation;

/// <summary>What another application may answer, made by hand. Only the right answer is a login.</summary>
public sealed class EvaluationAnswerTests
{
    private static readonly TestKey Key = TestKey.Get("answers");

    public static TheoryData<string, Action<JsonObject>, string> Wrong => new()
    {
        { "no", answer => answer["success"] = false, "says no" },
        { "yes as text", answer => answer["success"] = "true", "says no" },
        { "yes as a number", answer => answer["success"] = 1, "says no" },
        { "nothing", answer => answer.Remove("success"), "says no" },
        { "another nonce", answer => answer["nonce"] = "another", "another nonce" },
        { "no nonce", answer => answer.Remove("nonce"), "another nonce" },
        { "an end just now", answer => answer["exp"] = (long)answer["iat"]!, "has ended" },
        { "no end", answer => answer.Remove("exp"), "has ended" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task An_answer_that_is_wrong_in_one_way_lets_nobody_in(string what, Action<JsonObject> change, string problem)
    {
        var text = await RefusalAsync(new Partner { Change = change });
        text.ShouldContain(problem, Case.Sensitive, what);
    }

    [Fact]
    public async Task The_right_answer_lets_in() => (await AnswerAsync(new Partner())).Status.ShouldBe(HttpStatusCode.SeeOther);

    [Fact]
    public async Task The_question_is_what_Cloudflare_documents_and_no_more()
    {
        var partner = new Partner();
        await AnswerAsync(partner);

        partner.Question!.Select(member => member.Key).ShouldBe(["identity", "nonce", "iat", "exp"]);
        partner.Question!["identity"]!["email"]!.GetValue<string>().ShouldBe("alice@example.com");
        ((long)partner.Question["exp"]! - (long)partner.Question["iat"]!).ShouldBe(60);
        partner.Requests.ShouldBe(["POST https://partner.example/evaluate", "GET https://partner.example/keys"]);
    }

    [Fact]
    public async Task An_answer_by_a_key_that_is_not_published_lets_nobody_in()
    {
        (await RefusalAsync(new Partner { Published = [TestKey.Get("other answers").ToJwk()] })).ShouldContain("not signed by a key of its keys URL");
        var borrowed = TestKey.Get("other answers").ToJwk();
        borrowed["kid"] = Key.Kid;
        (await RefusalAsync(new Partner { Published = [borrowed] })).ShouldContain("not signed by a key of its keys URL");
        (await RefusalAsync(new Partner { Published = [] })).ShouldContain("not signed by a key of its keys URL");
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"token\":1}")]
    [InlineData("{\"token\":\"a.b.c\"}")]
    [InlineData("{\"token\":\"\"}")]
    [InlineData("<html>")]
    public async Task An_answer_that_is_none_lets_nobody_in(string body) =>
        (await RefusalAsync(new Partner { Answers = _ => new StringContent(body) })).ShouldContain("https://partner.example/evaluate answered");

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{\"keys\":1}")]
    [InlineData("{\"keys\":[1]}")]
    [InlineData("{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"a\",\"n\":\"!\",\"e\":\"AQAB\"}]}")]
    public async Task Keys_that_are_none_let_nobody_in(string body) =>
        (await RefusalAsync(new Partner { Keys = () => new StringContent(body) })).ShouldContain("answered");

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.TemporaryRedirect)]
    public async Task Another_status_lets_nobody_in_and_is_not_followed(HttpStatusCode status)
    {
        var partner = new Partner { Status = status };

        (await RefusalAsync(partner)).ShouldContain($"answered {(int)status}, not 200");
        partner.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_answer_that_is_too_large_lets_nobody_in() =>
        (await RefusalAsync(new Partner { Answers = _ => new ByteArrayContent(new byte[(1024 * 1024) + 1]) })).ShouldContain("more than 1048576 bytes");

    [Fact]
    public async Task Nobody_there_lets_nobody_in() =>
        (await RefusalAsync(new Partner { Answers = _ => throw new HttpRequestException(HttpRequestError.ConnectionError) }))
            .ShouldContain("could not be asked: ConnectionError");

    [Fact]
    public async Task No_answer_within_ten_seconds_lets_nobody_in()
    {
        var asked = new Signal();
        await using var app = await StartAsync(new Partner { Answers = _ => null, OnRequest = asked.Raise });
        using var browser = app.Browser();
        var login = browser.LogInAsync("alice@example.com");
        await asked.ReachedAsync(1);
        app.Clock.Advance(TimeSpan.FromSeconds(11));
        using var response = await login;

        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("did not answer within 10 seconds");
    }

    [Theory]
    [InlineData("evaluate", "has to be an http or https URL, or a path of the app")]
    [InlineData("//evil.example/x", "has to be an http or https URL, or a path of the app")]
    [InlineData("ftp://a.example/", "has to be an http or https URL, or a path of the app")]
    [InlineData("https://user@a.example/", "has to be an http or https URL, or a path of the app")]
    [InlineData("", "has to be an http or https URL, or a path of the app")]
    public void An_url_that_is_none_stops_the_start(string url, string message) =>
        Should.Throw<Microsoft.Extensions.Options.OptionsValidationException>(() => new AccessEmulator(new()
        {
            Applications = [new() { Policies = [new() { ExternalEvaluation = new() { EvaluateUrl = url, KeysUrl = "/keys" } }] }],
        })).Message.ShouldContain($"Applications:0:Policies:0:ExternalEvaluation:EvaluateUrl is '{url}', but {message}");

    [Theory]
    [InlineData(AccessEmulatorPolicyAction.Bypass)]
    [InlineData(AccessEmulatorPolicyAction.ServiceAuth)]
    public void It_belongs_to_allow(AccessEmulatorPolicyAction action) =>
        Should.Throw<Microsoft.Extensions.Options.OptionsValidationException>(() => new AccessEmulator(new()
        {
            Applications = [new() { Policies = [new() { Action = action, Everyone = true, ExternalEvaluation = EvaluatedApp.Rule }] }],
        })).Message.ShouldContain("ExternalEvaluation belongs to Allow");

    [Fact]
    public async Task The_rule_is_read_from_configuration()
    {
        const string Policy = "CloudflareAccess:Emulator:Applications:0:Policies:0";
        await using var app = await EmulatedApp.StartAsync(build: builder =>
        {
            builder.Configuration[$"{Policy}:ExternalEvaluation:EvaluateUrl"] = "https://partner.example/evaluate";
            builder.Configuration[$"{Policy}:ExternalEvaluation:KeysUrl"] = "/keys";
        });
        var rule = app.Emulator.Applications.All[0].Policies[0].ExternalEvaluation!;

        (rule.EvaluateUrl, rule.KeysUrl).ShouldBe(("https://partner.example/evaluate", "/keys"));
    }

    private static async Task<string> RefusalAsync(Partner partner)
    {
        var (status, text) = await AnswerAsync(partner);
        status.ShouldBe(HttpStatusCode.Forbidden);
        return text;
    }

    private static async Task<(HttpStatusCode Status, string Text)> AnswerAsync(Partner partner)
    {
        await using var app = await StartAsync(partner);
        using var browser = app.Browser();
        using var response = await browser.LogInAsync("alice@example.com");
        response.Headers.Contains("Set-Cookie").ShouldBe(response.StatusCode == HttpStatusCode.SeeOther);
        return (response.StatusCode, WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }

    private static Task<EmulatedApp> StartAsync(Partner partner)
    {
        var rule = new AccessEmulatorExternalEvaluation { EvaluateUrl = "https://partner.example/evaluate", KeysUrl = "https://partner.example/keys" };
        return EmulatedApp.StartAsync(
            options => options.Applications = [new() { Policies = [new() { ExternalEvaluation = rule }] }],
            builder => partner.StandIn(builder.Services));
    }

    /// <summary>Another application, that answers as a test tells it to. It takes the place of the network.</summary>
    private sealed class Partner : HttpMessageHandler
    {
        public Action<JsonObject> Change { get; init; } = _ => { };

        public JsonNode[] Published { get; init; } = [Key.ToJwk()];

        public HttpStatusCode Status { get; init; } = HttpStatusCode.OK;

        public Func<string, HttpContent?>? Answers { get; init; }

        public Func<HttpContent>? Keys { get; init; }

        public Action OnRequest { get; init; } = () => { };

        public JsonObject? Question { get; private set; }

        public List<string> Requests { get; } = [];

        public void StandIn(Microsoft.Extensions.DependencyInjection.IServiceCollection services) =>
            Microsoft.Extensions.DependencyInjection.HttpClientBuilderExtensions.ConfigurePrimaryHttpMessageHandler(
                Microsoft.Extensions.DependencyInjection.HttpClientFactoryServiceCollectionExtensions.AddHttpClient(
                    services, AccessEmulatorDefaults.ExternalEvaluationHttpClient),
                () => this);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests.Add($"{request.Method} {request.RequestUri}");
            OnRequest();
            if (request.Method == HttpMethod.Get)
            {
                return Response(Keys?.Invoke() ?? new StringContent(KeysEndpoint.Document(Published)));
            }

            var question = JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken))!["token"]!.GetValue<string>();
            Question = JsonNode.Parse(Base64UrlEncoder.DecodeBytes(question.Split('.')[1]))!.AsObject();
            if (Answers is not null)
            {
                return Response(Answers(question) ?? await new TaskCompletionSource<HttpContent>().Task.WaitAsync(cancellationToken));
            }

            var answer = new JsonObject
            {
                ["success"] = true,
                ["iat"] = (long)Question["iat"]!,
                ["exp"] = (long)Question["iat"]! + 60,
                ["nonce"] = Question["nonce"]!.GetValue<string>(),
            };
            Change(answer);
            var token = new TokenMinter(TimeProvider.System, Key).Sign(answer);
            return Response(new StringContent(new JsonObject { ["token"] = token }.ToJsonString(), Encoding.UTF8, "application/json"));
        }

        private HttpResponseMessage Response(HttpContent content) =>
            new(Status) { Content = content, Headers = { Location = new Uri("https://elsewhere.example/") } };
    }
}
