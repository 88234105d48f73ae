namespace CfAccess.AspNetCore.Tokens.Cache;

/// <summary>
/// A token as the key of a cache: equal to no other text. Its hash takes the end only, which is the signature, since that differs between
/// any two tokens that are good; hashing all of it would cost more than all else that a hit does.
/// </summary>
internal sealed class TokenKey(string token) : IEquatable<TokenKey>
{
    private const int HashedLength = 32;

    private readonly string _token = token;

    public bool Equals(TokenKey? other) => string.Equals(_token, other?._token, StringComparison.Ordinal);

    public override bool Equals(object? obj) => obj is TokenKey other && Equals(other);

    public override int GetHashCode() => string.GetHashCode(_token.AsSpan(Math.Max(0, _token.Length - HashedLength)), StringComparison.Ordinal);
}
