using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace CfAccess.AspNetCore.Identity;

/// <summary>The SHA-256 of a token: what stands for it wherever an identity is kept. Source: FIPS 180-4.</summary>
internal readonly record struct TokenHash
{
    private readonly UInt128 _high;
    private readonly UInt128 _low;

    private TokenHash(ReadOnlySpan<byte> hash)
    {
        _high = MemoryMarshal.Read<UInt128>(hash);
        _low = MemoryMarshal.Read<UInt128>(hash[16..]);
    }

    /// <summary>The hash of a token in ASCII.</summary>
    public static TokenHash Of(ReadOnlySpan<byte> token)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(token, hash);
        return new TokenHash(hash);
    }

    /// <summary>The hash in hexadecimal digits.</summary>
    public override string ToString()
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        MemoryMarshal.Write(hash, _high);
        MemoryMarshal.Write(hash[16..], _low);
        return Convert.ToHexStringLower(hash);
    }
}
