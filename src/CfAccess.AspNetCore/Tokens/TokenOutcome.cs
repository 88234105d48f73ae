using System.Diagnostics.CodeAnalysis;

namespace CfAccess.AspNetCore.Tokens;

/// <summary>What became of a token: validated, or refused with a reason.</summary>
internal readonly struct TokenOutcome
{
    private TokenOutcome(ValidatedToken? token, TokenFailure failure)
    {
        Token = token;
        Failure = failure;
    }

    public ValidatedToken? Token { get; }

    public TokenFailure Failure { get; }

    [MemberNotNullWhen(true, nameof(Token))]
    public bool Succeeded => Token is not null;

    public static implicit operator TokenOutcome(ValidatedToken token) => new(token, default);

    public static implicit operator TokenOutcome(TokenFailure failure) => new(null, failure);

    public static implicit operator TokenOutcome(AccessFailureReason reason) => new(null, reason);
}
