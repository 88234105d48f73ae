using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;

namespace CfAccess.Testing.Properties;

/// <summary>
/// RSA keys of 2,048 bits that are the same in every run, so that a seed gives the same tokens again: three primes make three keys. Being
/// written here, they protect nothing.
/// </summary>
public static class FixedKeys
{
    private const string First =
        "C6DDD96D8F5C0E609F94241FAD1FACB6E1AA637ED3D835FD499FB6BDBCA8E803F75703E44AA88B9C33719246EB11B674"
        + "FA315994D1BBD73EACFC1196DD667AACD80D6641965463D5BDA0C58E1163F198F75E1FC781FEEE5C338E9B149E722531"
        + "6E76913F26DDBF88E9BFB6199096889649707B4FD7FACBBF7BB98D357E0FE23D";

    private const string Second =
        "E09D8D93F9D27EDE6F696C161FF347659DDF0F97B0C6739F5F1B6866135BCF479CD4B0249D31A9FBD734F971DBDE5AF3"
        + "9587DA372CF5F1B9EB03C0CCF51066FCED6954D093D7EE9FCA7ADD799B7FCCD74502B6AEACC1903EE21328ED7BAF11EA"
        + "003C16A02614C0058D3AB4964A6AA3BB080FDCDEA747869086BBC795EB65AD89";

    private const string Third =
        "D85ECF3986A7603959F0DDE4213C4EED8BE167DDFE8C6E87D04A11B6458E56F5419173FDEEA75D10F935B9CDCFF86D55"
        + "BCD32CBD1B3643287D10B83BB94B4984E5A7DDAC6AEA4EDCC3609B4B0923B904BBF9DAED5ECCC994871E312868232BCA"
        + "24814ABEF4771D92C0B6F8E76F35A3B5F59D9F6540B11B50EE0F6046C172630B";

    private const int Exponent = 65537;
    private const int Bytes = 256;

    /// <summary>Published, and the one that signs.</summary>
    public static TestKey Current { get; } = Create("fixed current", First, Second);

    /// <summary>Published too.</summary>
    public static TestKey Previous { get; } = Create("fixed previous", First, Third);

    /// <summary>Not published.</summary>
    public static TestKey Stranger { get; } = Create("fixed stranger", Second, Third);

    private static TestKey Create(string name, string first, string second)
    {
        var (p, q) = (Number(first), Number(second));
        var d = Inverse(Exponent, (p - 1) * (q - 1));
        return TestKey.Of(name, RSA.Create(new RSAParameters
        {
            Modulus = Write(p * q, Bytes),
            Exponent = Write(Exponent, 3),
            P = Write(p, Bytes / 2),
            Q = Write(q, Bytes / 2),
            D = Write(d, Bytes),
            DP = Write(d % (p - 1), Bytes / 2),
            DQ = Write(d % (q - 1), Bytes / 2),
            InverseQ = Write(Inverse(q, p), Bytes / 2),
        }));
    }

    private static BigInteger Number(string hex) => BigInteger.Parse("0" + hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    /// <summary>Euclid's extended algorithm.</summary>
    private static BigInteger Inverse(BigInteger value, BigInteger modulus)
    {
        var (remainder, next, factor, nextFactor) = (modulus, value % modulus, BigInteger.Zero, BigInteger.One);
        while (!next.IsZero)
        {
            var quotient = remainder / next;
            (remainder, next) = (next, remainder - (quotient * next));
            (factor, nextFactor) = (nextFactor, factor - (quotient * nextFactor));
        }

        return factor.Sign < 0 ? factor + modulus : factor;
    }

    private static byte[] Write(BigInteger number, int length)
    {
        var bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[length - bytes.Length], .. bytes];
    }
}
