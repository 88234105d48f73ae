using CfAccess.ApiShield.Expressions;
using CfAccess.Testing.Properties;
using FsCheck;
using FsCheck.Fluent;

namespace CfAccess.ApiShield.Tests.Expressions.Properties;

[Trait("Duration", "Long")]
public sealed class ExpressionPropertyTests(ITestOutputHelper output)
{
    private const int Count = 5_000;

    [Fact]
    public void However_it_is_spelled_it_means_what_it_says_and_prints_so_that_it_reads_the_same()
    {
        var seed = Seed();
        var (isTrue, isFalse) = (0, 0);
        var cases =
            from node in NodeGen.Nodes
            from spelling in Gen.Choose(0, int.MaxValue)
            from worlds in NodeGen.Worlds.ArrayOf(3)
            select (Node: node, Text: new Speller(spelling).Spell(node), Worlds: worlds);

        seed.Check(cases, Count, one =>
        {
            var expression = Parsed.Of(one.Text);
            var again = Parsed.Of(expression.ToString());
            again.ToString().ShouldBe(expression.ToString());
            foreach (var world in one.Worlds)
            {
                var expected = one.Node.IsTrue(world);
                expression.Evaluate(FactsOf(world)).ShouldBe(expected, one.Text);
                again.Evaluate(FactsOf(world)).ShouldBe(expected, expression.ToString());
                (isTrue, isFalse) = expected ? (isTrue + 1, isFalse) : (isTrue, isFalse + 1);
            }
        });

        output.WriteLine($"{isTrue} true, {isFalse} false");
        isTrue.ShouldBeGreaterThan(Count / 2);
        isFalse.ShouldBeGreaterThan(Count / 2);
    }

    /// <summary>What is found to be always the same is so in every request that makes sense: a valid token is present.</summary>
    [Fact]
    public void What_is_found_always_true_or_false_is()
    {
        var seed = Seed();
        var found = 0;
        var cases =
            from node in NodeGen.Nodes
            from isForced in Gen.Elements(true, false)
            from sign in Gen.Elements("or", "and", "xor")
            from worlds in NodeGen.Worlds.ArrayOf(20)
            select (Node: isForced ? new Pair(sign, node, new Not(node)) : node, Worlds: worlds);

        seed.Check(cases, Count / 2, one =>
        {
            var truth = Parsed.Of(new Speller(0).Spell(one.Node)).Truth;
            found += truth == ExpressionTruth.Open ? 0 : 1;
            foreach (var world in one.Worlds.Select(world => world with { Present = world.Present.Union(world.Valid).ToHashSet() }))
            {
                (one.Node.IsTrue(world) ? ExpressionTruth.AlwaysFalse : ExpressionTruth.AlwaysTrue).ShouldNotBe(truth);
            }
        });

        found.ShouldBeGreaterThan(Count / 10);
    }

    [Fact]
    public void Whatever_the_text_it_is_an_expression_or_has_an_error_in_it()
    {
        var seed = Seed();
        var (good, bad) = (0, 0);
        var spelled = from node in NodeGen.Nodes from spelling in Gen.Choose(0, int.MaxValue) select new Speller(spelling).Spell(node);
        var cases = Gen.Frequency(
            (6, spelled.SelectMany(Changed)),
            (3, spelled.SelectMany(Changed).SelectMany(Changed).SelectMany(Changed)),
            (3, Soup),
            (1, ArbMap.Default.GeneratorFor<string>().Select(text => text ?? string.Empty)));

        seed.Check(cases, Count * 4, text =>
        {
            if (RuleExpression.TryParse(text, out var expression, out var error))
            {
                Parsed.Of(expression.ToString()).ToString().ShouldBe(expression.ToString());
                good++;
            }
            else
            {
                error.Position.ShouldBeInRange(0, text.Length);
                error.Message.Length.ShouldBeInRange(10, 500);
                bad++;
            }
        });

        output.WriteLine($"{good} expressions, {bad} errors");
        good.ShouldBeGreaterThan(Count / 20);
        bad.ShouldBeGreaterThan(Count / 2);
    }

    private static readonly string[] Pieces =
    [
        "(", ")", "[", "]", "{", "}", "\"", "r\"", "r#\"", "\"#", "\\", "\\x4", "\\777", ",", "0", "17", "not ", "!", " and ", "&&", " or ", "||",
        " xor ", "^^", " eq ", "==", "=", "in", "contains", "strict", "wildcard", "matches", "~", "http.host", "http.request.headers[\"a\"][0]",
        "http.request.cookies", "http.request.jwt.claims[\"a\"][0]", "lookup_json_string(", "is_jwt_valid(\"a\")", "is_jwt_present", "\"a\"", " ",
        "\t", "\r\n", "é", "\ud800", "\0", "*", "**", "(?", "a{9999}", "[[", "$",
    ];

    /// <summary>The language's own pieces in no order.</summary>
    private static readonly Gen<string> Soup = Gen.Elements(Pieces).ArrayOf().Select(string.Concat);

    /// <summary>A piece put in, taken out, doubled or cut off.</summary>
    private static Gen<string> Changed(string text) =>
        from at in Gen.Choose(0, text.Length)
        from length in Gen.Choose(0, Math.Min(6, text.Length - at))
        from piece in Gen.Elements(Pieces)
        from changed in Gen.Elements(
            text.Insert(at, piece), text.Remove(at, length), text.Remove(at, length).Insert(at, piece), text.Insert(at, text.Substring(at, length)), text[..at])
        select changed;

    private static TestFacts FactsOf(World world)
    {
        var facts = new TestFacts().With(world.Texts["http.request.method"], world.Texts["http.host"], world.Texts["http.request.uri.path"]);
        facts.Present.UnionWith(world.Present);
        facts.Valid.UnionWith(world.Valid);
        Copy("http.request.headers[\"x-a\"][0]", text => facts.Headers[("x-a", 0)] = text);
        Copy("http.request.headers[\"x-a\"][1]", text => facts.Headers[("x-a", 1)] = text);
        Copy("http.request.cookies[\"c\"][0]", text => facts.Cookies[("c", 0)] = text);
        Copy("http.request.cookies[\"C\"][2]", text => facts.Cookies[("C", 2)] = text);
        Copy("lookup_json_string(http.request.jwt.claims[\"a\"][0], \"role\")", text => facts.Claims[("a", "role")] = text);
        return facts;

        void Copy(string operand, Action<string> keep)
        {
            if (world.Texts.TryGetValue(operand, out var text))
            {
                keep(text);
            }
        }
    }

    private TestSeed Seed()
    {
        var seed = TestSeed.Next();
        output.WriteLine($"To replay: {seed}");
        return seed;
    }
}
