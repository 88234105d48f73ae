using System.Text;
using CfAccess.Shared.Jwt;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.ApiShield.Tokens.Keys;

/// <summary>
/// A key of a token configuration that passed its checks, with what Microsoft.IdentityModel checks its signatures with. No record: its text
/// could hold a secret.
/// </summary>
/// <param name="keyId">The <c>kid</c>.</param>
/// <param name="algorithm">The one algorithm that it is for.</param>
/// <param name="members">The JWK, with only the members that are needed, in the order of their names.</param>
/// <param name="verifier">Checks signatures, on many threads at once. It is not disposed: a request may be at it while its configuration leaves.</param>
/// <param name="signatureLength">How long its signatures are, in bytes.</param>
internal sealed class CredentialKey(
    string keyId,
    SigningAlgorithm algorithm,
    IReadOnlyList<KeyValuePair<string, string>> members,
    SignatureProvider verifier,
    int signatureLength)
{
    /// <summary>The member that is a secret.</summary>
    public const string SecretMember = "k";

    public string KeyId => keyId;

    public byte[] KeyIdUtf8 { get; } = Encoding.UTF8.GetBytes(keyId);

    public SigningAlgorithm Algorithm => algorithm;

    /// <summary>The whole JWK, to keep. Of an HMAC key that is the secret.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Members => members;

    /// <summary>The JWK as it is shown: a secret is never given back.</summary>
    public IEnumerable<KeyValuePair<string, string>> PublicMembers => members.Where(member => member.Key != SecretMember);

    /// <summary>Checks the signature of a token that is three segments of base64url. Source: RFC 7515, section 5.2.</summary>
    public bool HasSigned(string token) => JwsSignature.IsValid(Encoding.ASCII.GetBytes(token), verifier, signatureLength);
}
