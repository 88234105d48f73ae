using System.Net;
using System.Text.Json.Nodes;
using CfAccess.Testing;

namespace CfAccess.AspNetCore.Tests.Identity;

/// <summary>What get-identity answers, and what that has to mean.</summary>
internal static class GroupTable
{
    /// <summary>Every answer, with what becomes of a person whose groups come from it.</summary>
    public static readonly IReadOnlyDictionary<string, Fate> Answers = new Dictionary<string, Fate>
    {
        ["the group"] = Fate.In,
        ["the group among others"] = Fate.In,
        ["the group and a cookie"] = Fate.In,
        ["the e-mail in another case"] = Fate.In,
        ["another group"] = Fate.Out,
        ["no groups"] = Fate.Out,
        ["groups: null"] = Fate.Out,
        ["groups: a number"] = Fate.OutWithWarning,
        ["groups: a list of wrong shapes"] = Fate.OutWithWarning,
        ["groups: an object without a name"] = Fate.OutWithWarning,
        ["HTML"] = Fate.Unknown,
        ["nothing"] = Fate.Unknown,
        ["a list"] = Fate.Unknown,
        ["cut off"] = Fate.Unknown,
        ["no e-mail"] = Fate.Unknown,
        ["an e-mail that is no text"] = Fate.Unknown,
        ["another person's e-mail"] = Fate.Unknown,
        ["two e-mails"] = Fate.Unknown,
        ["half a surrogate pair"] = Fate.Unknown,
        ["5 MB"] = Fate.Unknown,
        ["400"] = Fate.Unknown,
        ["404 HTML"] = Fate.Unknown,
        ["201"] = Fate.Unknown,
        ["a redirect"] = Fate.Unknown,
        ["500"] = Fate.Unknown,
        ["429"] = Fate.Unknown,
        ["no connection"] = Fate.Unknown,
        ["one byte a second"] = Fate.Unknown,
        ["never"] = Fate.Unknown,
    };

    public enum Fate
    {
        In,
        Out,
        OutWithWarning,
        Unknown,
    }

    /// <summary>Whether only the time-out ends the call.</summary>
    public static bool IsEndless(string answer) => answer is "one byte a second" or "never";

    public static void Answer(IdentityEndpoint endpoint, string answer, string groups)
    {
        switch (answer)
        {
            case "the group": endpoint.TellGroups(groups); break;
            case "the group among others": endpoint.TellGroups($$"""["other",{{groups[1..^1]}},{"name":"Third","id":"3"}]"""); break;
            case "the group and a cookie": TellWithCookie(endpoint, groups); break;
            case "the e-mail in another case":
                endpoint.Tell(identity => (identity["email"], identity["groups"]) = ("ALICE@Example.COM", JsonNode.Parse(groups)));
                break;
            case "another group": endpoint.TellGroups("""["finance-team"," Finance-Team","Finance"]"""); break;
            case "no groups": endpoint.Tell(); break;
            case "groups: null": endpoint.TellGroups("null"); break;
            case "groups: a number": endpoint.TellGroups("7"); break;
            case "groups: a list of wrong shapes": endpoint.TellGroups($$"""[1,null,true,[{{groups[1..^1]}}],{"name":[{{groups[1..^1]}}]},""]"""); break;
            case "groups: an object without a name": endpoint.TellGroups("""{"email":"Finance-Team"}"""); break;
            case "HTML": endpoint.AnswerWith("<html>log in</html>"); break;
            case "nothing": endpoint.AnswerWith(string.Empty); break;
            case "a list": endpoint.AnswerWith($"[{Good(groups)}]"); break;
            case "cut off": endpoint.AnswerWith(Good(groups)[..^1]); break;
            case "no e-mail": endpoint.Tell(identity => Change(identity, groups, null)); break;
            case "an e-mail that is no text": endpoint.Tell(identity => Change(identity, groups, new JsonArray(TestTeam.Email))); break;
            case "another person's e-mail": endpoint.Tell(identity => Change(identity, groups, "bob@example.com")); break;
            case "two e-mails": endpoint.AnswerWith(Good(groups).Replace("{", """{"email":"bob@example.com",""", StringComparison.Ordinal)); break;
            case "half a surrogate pair": endpoint.AnswerWith(Good(groups)[..^1] + ""","x":["\ud800"]}"""); break;
            case "5 MB": endpoint.AnswerWith(Good(groups).PadRight(5 * 1024 * 1024)); break;
            case "400": endpoint.AnswerWith("""{"err":"no app token set"}""", HttpStatusCode.BadRequest); break;
            case "404 HTML": endpoint.AnswerWith("<html>no such team</html>", HttpStatusCode.NotFound); break;
            case "201": endpoint.AnswerWith(Good(groups), HttpStatusCode.Created); break;
            case "a redirect": endpoint.RedirectTo("https://evil.example/get-identity"); break;
            case "500": endpoint.AnswerWith(Good(groups), HttpStatusCode.InternalServerError); break;
            case "429": endpoint.AnswerWith(Good(groups), HttpStatusCode.TooManyRequests); break;
            case "no connection": endpoint.Fail(); break;
            case "one byte a second": endpoint.Drip(); break;
            case "never": endpoint.Hang(); break;
            default: throw new ArgumentOutOfRangeException(nameof(answer), answer, "Not an answer.");
        }
    }

    private static string Good(string groups) => $$"""{"email":"{{TestTeam.Email}}","groups":{{groups}}}""";

    private static void Change(JsonObject identity, string groups, JsonNode? email)
    {
        identity["groups"] = JsonNode.Parse(groups);
        identity["email"] = email;
    }

    private static void TellWithCookie(IdentityEndpoint endpoint, string groups)
    {
        endpoint.TellGroups(groups);
        var tell = endpoint.Answer;
        endpoint.Answer = async (request, cancellationToken) =>
        {
            var response = await tell(request, cancellationToken);
            response.Headers.Add("Set-Cookie", "CF_Authorization=somebody-else; Path=/; Secure; HttpOnly");
            return response;
        };
    }
}
