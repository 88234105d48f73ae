using System.Text.Json;
using CfAccess.AspNetCore.Tokens;

namespace CfAccess.AspNetCore.ExternalEvaluation;

/// <summary>What a request token says, as read from its payload; verified only once its signature is.</summary>
internal sealed class EvaluationClaims
{
    public string? Issuer { get; set; }

    public string? Type { get; set; }

    public string? Nonce { get; set; }

    public DateTimeOffset? Expiration { get; set; }

    public DateTimeOffset? NotBefore { get; set; }

    public DateTimeOffset? IssuedAt { get; set; }

    /// <summary>An object.</summary>
    public JsonElement? Identity { get; set; }

    public TokenLifetime Lifetime => new(Expiration, NotBefore, IssuedAt);

    /// <summary>Reads a token that passed the screen.</summary>
    public static AccessFailureReason? TryRead(string token, out EvaluationClaims claims)
    {
        claims = new EvaluationClaims();
        return PayloadObject.TryRead(PayloadObject.Decode(token), new Members(claims));
    }

    /// <summary>The members that decide. What else a token holds is passed over, once it is seen to be text.</summary>
    private readonly struct Members(EvaluationClaims claims) : IPayloadMembers
    {
        public bool Read(ref Utf8JsonReader reader)
        {
            var name = reader.GetString();
            reader.Read();
            switch (name)
            {
                case AccessClaimTypes.Issuer:
                    return (claims.Issuer = PayloadReader.ReadText(ref reader)) is not null;
                case AccessClaimTypes.Type:
                    return (claims.Type = PayloadReader.ReadText(ref reader)) is not null;
                case "nonce":
                    return (claims.Nonce = PayloadReader.ReadText(ref reader)) is not null;
                case AccessClaimTypes.Expiration:
                    return (claims.Expiration = PayloadReader.ReadTime(ref reader)) is not null;
                case AccessClaimTypes.NotBefore:
                    return (claims.NotBefore = PayloadReader.ReadTime(ref reader)) is not null;
                case AccessClaimTypes.IssuedAt:
                    return (claims.IssuedAt = PayloadReader.ReadTime(ref reader)) is not null;
                case "identity" when reader.TokenType == JsonTokenType.StartObject:
                    claims.Identity = JsonElement.ParseValue(ref reader);
                    return true;
                default:
                    JsonText.Pass(ref reader);
                    return name != "identity";
            }
        }
    }
}
