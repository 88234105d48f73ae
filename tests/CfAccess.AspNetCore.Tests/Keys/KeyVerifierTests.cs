using System.Text;
using CfAccess.AspNetCore.Keys;
using CfAccess.AspNetCore.Tokens;
using CfAccess.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.AspNetCore.Tests.Keys;

/// <summary>A published key brings its own verifier. Another key that gets this verifier must not be verified with the first key.</summary>
public sealed class KeyVerifierTests
{
    private readonly string _token = new TokenMinter(new TestClock()).MintPerson();
    private readonly SecurityKey _signing = Published("current");
    private readonly SecurityKey _other = Published("next");

    [Fact]
    public void A_verifier_verifies_with_its_own_key()
    {
        TokenSignature.IsBy(_signing, Encoding.ASCII.GetBytes(_token)).ShouldBeTrue();
        TokenSignature.IsBy(_other, Encoding.ASCII.GetBytes(_token)).ShouldBeFalse();
    }

    [Fact]
    public void A_verifier_that_is_handed_another_key_throws()
    {
        _other.CryptoProviderFactory = _signing.CryptoProviderFactory;

        Should.Throw<InvalidOperationException>(() => TokenSignature.IsBy(_other, Encoding.ASCII.GetBytes(_token)));
    }

    [Fact]
    public async Task A_verifier_that_an_application_gives_to_IdentityModel_accepts_no_token_for_another_key()
    {
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(_token, new TokenValidationParameters
        {
            CryptoProviderFactory = _signing.CryptoProviderFactory,
            IssuerSigningKeyResolver = (_, _, _, _) => [_other],
            ValidateIssuer = false,
            ValidateAudience = false,
            ValidateLifetime = false,
        });

        result.IsValid.ShouldBeFalse();
    }

    [Theory]
    [InlineData(SecurityAlgorithms.RsaSha384)]
    [InlineData(SecurityAlgorithms.RsaSsaPssSha256)]
    [InlineData(SecurityAlgorithms.HmacSha256)]
    public void A_verifier_that_is_asked_for_another_algorithm_throws(string algorithm) =>
        Should.Throw<InvalidOperationException>(() => _signing.CryptoProviderFactory.CustomCryptoProvider.Create(algorithm, _signing));

    private static SecurityKey Published(string name) => KeySetParser
        .Parse(Encoding.UTF8.GetBytes(KeysEndpoint.Document(TestKey.Get(name).ToJwk())), maximumKeys: 1).Keys.ShouldNotBeNull().All.Single();
}
