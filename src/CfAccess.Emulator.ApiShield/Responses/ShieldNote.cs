using CfAccess.ApiShield;

namespace CfAccess.Emulator.ApiShield.Responses;

/// <summary>An error or a message of an answer.</summary>
/// <param name="Code">One of <see cref="ShieldCodes"/>, or Cloudflare's own.</param>
/// <param name="Message">What is wrong, and what to write instead. Never a secret.</param>
/// <param name="Pointer">Where in the body of the request: a JSON Pointer (RFC 6901). Null where it is about no place in it.</param>
internal sealed record ShieldNote(int Code, string Message, string? Pointer = null)
{
    public static ShieldNote Of(ApiShieldProblem problem, int code) =>
        new(problem.Code ?? code, $"{(problem.Pointer.Length == 0 ? "The body" : problem.Pointer)} {problem.Message}", problem.Pointer);
}
