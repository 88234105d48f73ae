using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CfAccess.AspNetCore;
using CfAccess.AspNetCore.Tokens;
using CfAccess.Benchmarks.Parties;
using CfAccess.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.Benchmarks.Compare;

/// <summary>The handlers in this process: each request a context and a scope of its own, asked by <c>HttpContext.AuthenticateAsync</c>.</summary>
internal static class HandlerCases
{
    private const string Ours = nameof(Party.CfAccess);
    private const string Peer = nameof(Party.JwtBearer);
    private const string Least = nameof(Party.Constant);
    private const string Raw = "RSA.VerifyData";
    private const int Turns = 41;

    public static IEnumerable<Measurement> Run() => [.. Seen(), .. First(), .. Refused()];

    private static IEnumerable<Measurement> Seen()
    {
        const int count = 10_000;
        const string name = "valid token seen before";
        var token = BenchTeam.Person(0);
        using var ours = PartyHost.Start(Party.CfAccess);
        using var peer = PartyHost.Start(Party.JwtBearer);
        using var least = PartyHost.Start(Party.Constant);
        var rounds = Rounds.Take(
            Turns, Timed(Ours, ours, count, token), Timed(Peer, peer, count / 10, token), Timed(Least, least, count, token));
        yield return new(name, $"time of {Peer}", string.Empty, rounds.Ratio(Ours, Peer), Targets.Seen, rounds.All);
        yield return Measurement.Single(
            name,
            $"above {Least}",
            "B",
            Clock.Bytes(1_000, _ => ours.Authenticate(token)) - Clock.Bytes(1_000, _ => least.Authenticate(token)),
            Targets.SeenBytes);
    }

    /// <summary>Each turn has tokens that no turn had before. The hosts that warm up are others, so that those measured have seen none.</summary>
    private static IEnumerable<Measurement> First()
    {
        const int count = 250;
        const int turns = 25;
        const int warmUp = 3;
        const int passes = 5;
        const string name = "valid token, first time";
        var tokens = BenchTeam.People(count * (turns + 2));
        var rounds = new Rounds();
        var bytes = 0.0;
        for (var pass = 0; pass < warmUp + passes; pass++)
        {
            var taken = TakeFirst(count, turns, tokens, out bytes);
            if (pass >= warmUp)
            {
                rounds.Add(taken);
            }
        }

        yield return new(name, $"time of {Peer}", string.Empty, rounds.Ratio(Ours, Peer), Targets.First, rounds.All);
        yield return new(name, $"time of {Raw}", string.Empty, rounds.Ratio(Ours, Raw), Targets.FirstAgainstRaw, rounds.All);
        yield return Measurement.Single(name, $"bytes of {Peer}", string.Empty, bytes, Targets.FirstBytes);
    }

    private static Rounds TakeFirst(int count, int turns, string[] tokens, out double bytes)
    {
        using var ours = PartyHost.Start(Party.CfAccess);
        using var peer = PartyHost.Start(Party.JwtBearer);
        using var rsa = RSA.Create(BenchTeam.Key.Rsa.ExportParameters(includePrivateParameters: false));
        var end = tokens[0].LastIndexOf('.');
        var content = Encoding.ASCII.GetBytes(tokens[0][..end]);
        var signature = Base64Url.DecodeFromChars(tokens[0].AsSpan(end + 1));
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        var (forOurs, forPeer) = (new Arrivals(ours, tokens), new Arrivals(peer, tokens));
        var rounds = Rounds.TakeCold(
            turns,
            (Ours, () => Take(ours, forOurs)),
            (Peer, () => Take(peer, forPeer)),
            (Raw, () => Clock.Microseconds(
                count, _ => rsa.VerifyData(content, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))));
        bytes = Bytes(ours, forOurs) / Bytes(peer, forPeer);
        return rounds;

        double Take(PartyHost host, Arrivals arrivals)
        {
            var arrived = arrivals.Next(count);
            return Clock.Microseconds(count, number => host.Authenticate(arrived[number].Name, arrived[number].Value));
        }

        double Bytes(PartyHost host, Arrivals arrivals)
        {
            var arrived = arrivals.Next(count + 1);
            var next = 0;
            return Clock.Bytes(count, _ => host.Authenticate(arrived[next].Name, arrived[next++].Value));
        }
    }

    private static IEnumerable<Measurement> Refused()
    {
        using var ours = PartyHost.Start(Party.CfAccess);
        using var peer = PartyHost.Start(Party.JwtBearer);
        var checks = new SignatureChecks();
        foreach (var team in ours.Services.GetRequiredService<AccessSchemes>().Get(CloudflareAccessDefaults.AuthenticationScheme).Teams)
        {
            checks.CountThoseOf(team.Keys.Find(BenchTeam.Key.Kid, TimeProvider.System.GetUtcNow())!);
        }

        (string Name, string Token)[] garbage =
        [
            ("garbage: text", BenchTokens.Text),
            ("garbage: three random parts", BenchTokens.ThreeRandomParts),
            ("garbage: alg none", BenchTokens.AlgorithmNone),
            ("garbage: alg HS256", BenchTokens.Hmac),
        ];
        foreach (var (name, token) in garbage)
        {
            yield return Against(name, token, Targets.Garbage, 4_000, 1_000);
            yield return Thrown(name, token, Targets.GarbageExceptions);
            void Screen(int number) => TokenScreen.Check(token, 16_384, out _);
            var screen = Rounds.Take(Turns, ("screen", () => Clock.Microseconds(20_000, Screen)));
            yield return new(name, "the screen itself", "µs", screen.Median("screen"), Targets.Screen, screen.All);
            yield return Measurement.Single(
                name, "the screen itself", "B", Clock.Bytes(1_000, Screen), Targets.ScreenBytes);
        }

        yield return Against("header of JSON that is cut off", BenchTokens.CutHeader, Targets.Malformed, 1_000, 1_000);
        yield return Thrown("header of JSON that is cut off", BenchTokens.CutHeader, Targets.MalformedExceptions);
        yield return AgainstEach("header of JSON with a mistake, eight kinds in turn", BenchTokens.MalformedHeaders, Targets.Malformed, 1_000, 1_000);
        yield return ThrownByEach("header of JSON with a mistake, eight kinds in turn", BenchTokens.MalformedHeaders, Targets.MalformedExceptions);
        yield return AgainstEach("well-formed, unknown kid", BenchTokens.UnknownKeys, Targets.UnknownKey, 2_000, 100);
        yield return Thrown("well-formed, unknown kid", BenchTokens.UnknownKeys[0], Targets.UnknownExceptions);
        yield return Checked("well-formed, unknown kid", BenchTokens.UnknownKeys[0], Targets.UnknownChecks);
        yield return Against("known kid, bad signature", BenchTokens.BadSignature, Targets.BadSignature, 250, 250);
        yield return Checked("known kid, bad signature", BenchTokens.BadSignature, Targets.BadSignatureChecks);

        Measurement Against(string name, string token, double target, int count, int peerCount)
        {
            var rounds = Rounds.Take(Turns, Timed(Ours, ours, count, token), Timed(Peer, peer, peerCount, token));
            return new(name, $"time of {Peer}", string.Empty, rounds.Ratio(Ours, Peer), target, rounds.All);
        }

        Measurement AgainstEach(string name, string[] tokens, double target, int count, int peerCount)
        {
            var rounds = Rounds.Take(Turns, TimedInTurn(Ours, ours, count, tokens), TimedInTurn(Peer, peer, peerCount, tokens));
            return new(name, $"time of {Peer}", string.Empty, rounds.Ratio(Ours, Peer), target, rounds.All);
        }

        Measurement Thrown(string name, string token, double target) => ThrownByEach(name, [token], target);

        Measurement ThrownByEach(string name, string[] tokens, double target) => Measurement.Single(
            name, "exceptions", "a request", tokens.Max(token => Clock.Exceptions(() => ours.Authenticate(token))), target);

        Measurement Checked(string name, string token, double target)
        {
            var before = checks.Count;
            ours.Authenticate(token);
            return Measurement.Single(name, "signatures checked", "a request", checks.Count - before, target);
        }
    }

    private static (string Name, Func<double> Run) Timed(string name, PartyHost host, int count, string token)
    {
        var header = host.HeaderOf(token);
        return (name, () => Clock.Microseconds(count, _ => host.Authenticate(header.Name, header.Value)));
    }

    private static (string Name, Func<double> Run) TimedInTurn(string name, PartyHost host, int count, string[] tokens)
    {
        var headers = Array.ConvertAll(tokens, host.HeaderOf);
        return (name, () => Clock.Microseconds(count, number => host.Authenticate(headers[number % headers.Length].Name, headers[number % headers.Length].Value)));
    }
}
