using Microsoft.AspNetCore.Http;

namespace CfAccess.Emulator.Edge;

/// <summary>What becomes of a request.</summary>
/// <param name="Why">Why, in a sentence.</param>
/// <param name="Answer">Answers it.</param>
/// <param name="IsToApp">Whether that sends it on to the app.</param>
internal readonly record struct Passage(string Why, RequestDelegate Answer, bool IsToApp = false);
