namespace CfAccess.ApiShield.Operations;

/// <summary>A variable of a template: a name in braces, which fills its segment or label.</summary>
internal static class Variable
{
    public static bool Is(ReadOnlySpan<char> part) => part is ['{', _, .., '}'] && part.Count('{') == 1 && part.Count('}') == 1;
}
