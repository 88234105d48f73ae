using System.Text.RegularExpressions;
using CfAccess.Testing.Properties;
using Microsoft.AspNetCore.Http.Features;

namespace CfAccess.ApiShield.Tests.Rules;

/// <summary>Random paths against servers that read them one way each: what any of them reads as protected needs the token.</summary>
[Trait("Duration", "Long")]
public sealed partial class PathPropertyTests(ITestOutputHelper output)
{
    private const int Paths = 1500;

    private static readonly string[] Pieces =
    [
        "accounts", "Accounts", "1", "x", "a.b", ".", "..", "/", "/", "//", ";", ";v=1", "..;", "\\", "%2F", "%252F", "%25252F", "%2e", "%252e", "%3B",
        "%253B", "%5C", "%255C", "%61", "%2561", "%", "%zz", "\u00e9", "%C3%A9", "%FF", "%C3", "?", "%3F", "#",
    ];

    [Fact]
    public async Task What_a_server_could_read_as_protected_needs_the_token()
    {
        await using var host = await ShieldHost.StartAsync();
        var (random, protectedOnes, openOnes) = (NewRandom(), 0, 0);
        for (var number = 0; number < Paths; number++)
        {
            var path = number % 2 == 0 ? Disguised(random) : Any(random);
            var mustBeProtected = ReferenceServers.ReadAll(path).Any(read => Protected.IsMatch(read));
            var status = (await host.ContextAsync(change: context =>
            {
                context.Request.Path = path;
                context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = path.Replace("?", "%3F", StringComparison.Ordinal);
            })).Response.StatusCode;
            _ = status == 403 ? protectedOnes++ : openOnes++;
            (status == 403 || !mustBeProtected).ShouldBeTrue($"{path} passed without a token");
        }

        protectedOnes.ShouldBeGreaterThan(Paths / 10);
        openOnes.ShouldBeGreaterThan(Paths / 10);
    }

    /// <summary>A path that every server reads in one way is not blocked for another.</summary>
    [Fact]
    public async Task A_path_with_one_reading_needs_the_token_only_for_that()
    {
        await using var host = await ShieldHost.StartAsync();
        var random = NewRandom();
        string[] plain = ["accounts", "Accounts", "1", "x", "a.b", "-", "/"];
        for (var number = 0; number < Paths; number++)
        {
            var path = "/" + string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => plain[random.Next(plain.Length)]));
            if (!path.Contains("//", StringComparison.Ordinal))
            {
                var status = (await host.ContextAsync(change: context => context.Request.Path = path)).Response.StatusCode;
                (status == 403).ShouldBe(Protected.IsMatch(path), path);
            }
        }
    }

    [Fact]
    public void Whatever_is_sent_the_edge_sees_a_path_of_ascii_characters()
    {
        var random = NewRandom();
        string[] odd = ["*", "://", "http://h", "\ud800", "\udc00", "\ud83d\ude00", "\0", " ", "%E2%82", "%C0%AF", ""];
        for (var number = 0; number < Paths; number++)
        {
            var (sent, path) = (odd[random.Next(odd.Length)] + Any(random), Any(random));
            var seen = ApiShield.Rules.EdgePath.Read(number % 2 == 0 ? sent : sent[1..] + odd[random.Next(odd.Length)], path);

            seen.ShouldStartWith("/");
            seen.ShouldAllBe(one => one > ' ' && one < '\u007f', sent);
        }
    }

    [GeneratedRegex("^/accounts/[^/]+/?$", RegexOptions.IgnoreCase)]
    private static partial Regex Protected { get; }

    /// <summary>A protected path, with characters escaped several times and harmless pieces between.</summary>
    private static string Disguised(Random random)
    {
        string[] noise = [";", ";x", ";%2Fx", ";%252Fx", "/.", "/x/..", "/x/..;", "/x;/..;y", "\\", "//", "/%2e", "/..", ";%5Cx", "?", "%3Fx", "#"];
        var path = string.Concat("/accounts/1".Select(one => random.Next(5) == 0 ? Escape(one, random.Next(3)) : one.ToString()));
        for (var count = random.Next(3); count > 0; count--)
        {
            path = path.Insert(random.Next(path.Length + 1), noise[random.Next(noise.Length)]);
        }

        return path[0] == '/' ? path : "/" + path;
    }

    private static string Any(Random random) =>
        "/" + string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => Pieces[random.Next(Pieces.Length)]));

    private static string Escape(char one, int depth) => "%" + string.Concat(Enumerable.Repeat("25", depth)) + ((int)one).ToString("X2", System.Globalization.CultureInfo.InvariantCulture);

    private Random NewRandom()
    {
        var seed = TestSeed.Next();
        output.WriteLine(seed.ToString());
        return new Random(seed.Value.GetHashCode());
    }
}
