using BenchmarkDotNet.Attributes;
using CfAccess.Benchmarks.Parties;
using Microsoft.AspNetCore.Authentication;

namespace CfAccess.Benchmarks.Study;

/// <summary>Whole handlers.</summary>
[MemoryDiagnoser]
[InProcess]
public class HandlerStudy
{
    private readonly string _token = BenchTeam.Person(0);
    private readonly PartyHost _cached = PartyHost.Start(Party.CfAccess);
    private readonly PartyHost _uncached = PartyHost.Start(Party.CfAccessUncached);
    private readonly PartyHost _peer = PartyHost.Start(Party.JwtBearer);
    private readonly PartyHost _constant = PartyHost.Start(Party.Constant);

    [Benchmark]
    public AuthenticateResult SeenBefore() => _cached.Authenticate(_token);

    [Benchmark]
    public AuthenticateResult WithoutCache() => _uncached.Authenticate(_token);

    [Benchmark(Baseline = true)]
    public AuthenticateResult JwtBearer() => _peer.Authenticate(_token);

    [Benchmark]
    public AuthenticateResult Constant() => _constant.Authenticate(_token);

    [Benchmark]
    public AuthenticateResult UnknownKey() => _cached.Authenticate(BenchTokens.UnknownKeys[0]);

    [Benchmark]
    public AuthenticateResult BadSignature() => _cached.Authenticate(BenchTokens.BadSignature);

    [Benchmark]
    public AuthenticateResult Garbage() => _cached.Authenticate(BenchTokens.ThreeRandomParts);
}
