using System.Security.Cryptography;
using CfAccess.AspNetCore.Keys;
using CfAccess.Testing;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.AspNetCore.Tests.Keys;

/// <summary>What the signatures of tokens are checked with.</summary>
public sealed class RsaSignatureProviderTests
{
    private static readonly RSA Signer = TestKey.Get("current").Rsa;
    private static readonly byte[] Content = "content"u8.ToArray();
    private static readonly byte[] Signature = Signer.SignData(Content, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    [Fact]
    public void A_signature_is_good_for_what_was_signed_and_nothing_else()
    {
        using var provider = Provider();

        provider.Verify(Content, Signature).ShouldBeTrue();
        provider.Verify("contents"u8.ToArray(), Signature).ShouldBeFalse();
        provider.Verify([.. "xx"u8, .. Content, .. "y"u8], 2, Content.Length, [1, .. Signature, 1], 1, Signature.Length).ShouldBeTrue();
        provider.Verify([.. Content, .. "y"u8], 0, Content.Length + 1, Signature, 0, Signature.Length).ShouldBeFalse();
    }

    [Fact]
    public void Neither_another_hash_nor_another_padding_is_good()
    {
        using var provider = Provider();

        provider.Verify(Content, Signer.SignData(Content, HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1)).ShouldBeFalse();
        provider.Verify(Content, Signer.SignData(Content, HashAlgorithmName.SHA256, RSASignaturePadding.Pss)).ShouldBeFalse();
    }

    [Fact]
    public void Threads_at_it_together_do_not_disturb_one_another()
    {
        using var provider = Provider();
        var bad = Signature.ToArray();
        bad[^1] ^= 1;

        Parallel.For(0, 2_000, new ParallelOptions { MaxDegreeOfParallelism = 16 }, number =>
            provider.Verify(Content, number % 2 == 0 ? Signature : bad).ShouldBe(number % 2 == 0));
    }

    [Fact]
    public void It_does_not_sign()
    {
        using var provider = Provider();
        Should.Throw<NotSupportedException>(() => provider.Sign(Content));
    }

    private static RsaSignatureProvider Provider() => new(new RsaSecurityKey(Signer.ExportParameters(includePrivateParameters: false)));
}
