using System.Text.Json;
using CfAccess.AspNetCore.Tokens;
using CfAccess.Shared.Json;
using CfAccess.Shared.Jwt;

namespace CfAccess.AspNetCore.ExternalEvaluation;

/// <summary>What a request token says, as read from its payload; verified only once its signature is.</summary>
internal sealed class EvaluationClaims
{
    private readonly byte[] _payload;
    private Range _identity;

    private EvaluationClaims(byte[] payload) => _payload = payload;

    public string? Issuer { get; set; }

    public string? Type { get; set; }

    public string? Nonce { get; set; }

    public DateTimeOffset? Expiration { get; set; }

    public DateTimeOffset? NotBefore { get; set; }

    public DateTimeOffset? IssuedAt { get; set; }

    /// <summary>Whether there is an identity, which is an object.</summary>
    public bool HasIdentity => !_identity.Equals(default);

    /// <summary>The identity as it is written. Nothing is made of it before the signature is verified.</summary>
    public byte[] Identity => _payload[_identity];

    public TokenLifetime Lifetime => new(Expiration, NotBefore, IssuedAt);

    /// <summary>Reads a token that passed the screen.</summary>
    public static AccessFailureReason? TryRead(string token, out EvaluationClaims claims)
    {
        claims = new EvaluationClaims(PayloadObject.Decode(token));
        return PayloadObject.TryRead(claims._payload, new Members(claims)).ToReason();
    }

    /// <summary>The members that decide. What else a token holds is passed over, once it is seen to be text.</summary>
    private readonly struct Members(EvaluationClaims claims) : IPayloadMembers
    {
        public static bool IgnoresInvalidNames => false;

        public PayloadProblem? Read(ref Utf8JsonReader reader)
        {
            var name = reader.GetString();
            reader.Read();
            var value = reader;
            return !JsonString.TryPass(ref value) ? PayloadProblem.Malformed
                : TryRead(name, ref reader) ? null
                : PayloadProblem.InvalidMember;
        }

        private bool TryRead(string? name, ref Utf8JsonReader reader)
        {
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
                    var start = (int)reader.TokenStartIndex;
                    reader.Skip();
                    claims._identity = start..(int)reader.BytesConsumed;
                    return true;
                default:
                    reader.Skip();
                    return name != "identity";
            }
        }
    }
}
