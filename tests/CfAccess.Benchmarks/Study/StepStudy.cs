using System.Security.Claims;
using BenchmarkDotNet.Attributes;
using CfAccess.AspNetCore;
using CfAccess.AspNetCore.Tokens;
using CfAccess.Benchmarks.Parties;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;

namespace CfAccess.Benchmarks.Study;

/// <summary>The steps of a token's walk, one by one.</summary>
[MemoryDiagnoser]
[InProcess]
public class StepStudy
{
    private readonly string _token = BenchTeam.Person(0);
    private readonly TokenValidator _cached;
    private readonly TokenValidator _uncached;
    private readonly ValidatedToken _validated;

    public StepStudy()
    {
        _cached = ValidatorOf(PartyHost.Start(Party.CfAccess));
        _uncached = ValidatorOf(PartyHost.Start(Party.CfAccessUncached));
        _validated = ValidateAsync(_cached).AsTask().GetAwaiter().GetResult().Token!;
    }

    [Benchmark]
    public bool Screen() => TokenScreen.Check(_token, 16_384, out _) is null;

    [Benchmark]
    public bool ReadPayload() => PayloadReader.TryRead(_token, out _) is null;

    [Benchmark]
    public async ValueTask<bool> FindInCache() => (await ValidateAsync(_cached)).Succeeded;

    [Benchmark]
    public async ValueTask<bool> Judge() => (await ValidateAsync(_uncached)).Succeeded;

    [Benchmark]
    public ClaimsPrincipal MakePrincipal() => _validated.Caller.Create();

    [Benchmark]
    public JsonWebToken ReadByIdentityModel() => new(_token);

    private static TokenValidator ValidatorOf(PartyHost host) =>
        host.Services.GetRequiredService<AccessSchemes>().Get(CloudflareAccessDefaults.AuthenticationScheme);

    private ValueTask<TokenOutcome> ValidateAsync(TokenValidator validator) => validator.ValidateAsync(_token, CancellationToken.None);
}
