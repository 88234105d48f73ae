using System.Security.Cryptography;
using Microsoft.Extensions.FileProviders;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ApiShieldSample;

/// <summary>Makes tokens with the key whose public half is in api-shield/token-configurations.json.</summary>
internal sealed class DevelopmentTokens
{
    private const string KeyId = "development";

    private readonly SigningCredentials _credentials;
    private readonly TimeProvider _clock;

    public DevelopmentTokens(IFileInfo key, TimeProvider clock)
    {
        using var reader = new StreamReader(key.CreateReadStream());
        var ecdsa = ECDsa.Create();
        ecdsa.ImportFromPem(reader.ReadToEnd());
        _credentials = new SigningCredentials(new ECDsaSecurityKey(ecdsa) { KeyId = KeyId }, SecurityAlgorithms.EcdsaSha256);
        _clock = clock;
    }

    /// <summary>A token that ends so long from now, or ended so long ago.</summary>
    public string Make(string subject, TimeSpan lifetime)
    {
        var end = _clock.GetUtcNow() + lifetime;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }
            .CreateToken($$"""{"sub":"{{subject}}","exp":{{end.ToUnixTimeSeconds()}}}""", _credentials);
    }
}
