using System.Text;

namespace CfAccess.AspNetCore.Tokens.Cache;

/// <summary>
/// A token as the key of a cache: equal to no other text. Its hash takes the end only, which is the signature, since that differs between
/// any two tokens that are good; hashing all of it would cost more than all else that a hit does.
/// </summary>
internal sealed class TokenKey : IEquatable<TokenKey>
{
    private const int HashedLength = 32;

    /// <summary>The text, or where it is kept its ASCII, which takes half the memory.</summary>
    private readonly object _token;

    /// <summary>A token that is looked for, whatever it holds.</summary>
    public TokenKey(string token) => _token = token;

    private TokenKey(byte[] ascii) => _token = ascii;

    /// <summary>A token that was validated, and so is ASCII.</summary>
    public static TokenKey Keep(string token) => Keep(Encoding.ASCII.GetBytes(token));

    /// <summary>The same, where its ASCII is there already.</summary>
    public static TokenKey Keep(byte[] token) => new(token);

    public bool Equals(TokenKey? other) => (_token, other?._token) switch
    {
        (string one, string another) => string.Equals(one, another, StringComparison.Ordinal),
        (string text, byte[] kept) => Ascii.Equals(kept, text),
        (byte[] kept, string text) => Ascii.Equals(kept, text),
        (byte[] one, byte[] another) => one.AsSpan().SequenceEqual(another),
        _ => false,
    };

    public override bool Equals(object? obj) => obj is TokenKey other && Equals(other);

    public override int GetHashCode()
    {
        if (_token is string text)
        {
            return string.GetHashCode(text.AsSpan(Math.Max(0, text.Length - HashedLength)), StringComparison.Ordinal);
        }

        var kept = (byte[])_token;
        Span<char> end = stackalloc char[Math.Min(HashedLength, kept.Length)];
        Ascii.ToUtf16(kept.AsSpan(kept.Length - end.Length), end, out _);
        return string.GetHashCode(end, StringComparison.Ordinal);
    }
}
