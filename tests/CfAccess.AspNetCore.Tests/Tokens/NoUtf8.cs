using System.Text;

namespace CfAccess.AspNetCore.Tests.Tokens;

/// <summary>Bytes that no UTF-8 text holds.</summary>
internal static class NoUtf8
{
    /// <summary>The text with such a byte in the place of every asterisk.</summary>
    public static byte[] In(string text) => [.. Encoding.UTF8.GetBytes(text).Select(value => value == '*' ? (byte)0xff : value)];
}
