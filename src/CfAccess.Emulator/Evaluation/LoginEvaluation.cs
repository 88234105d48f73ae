using CfAccess.Emulator.Applications;
using CfAccess.Emulator.Edge;
using Microsoft.AspNetCore.Http;

namespace CfAccess.Emulator.Evaluation;

/// <summary>
/// What a login has to ask before it is one: the rules of the application's policies that would let the person in. The first that says yes
/// suffices, and none is asked where another policy lets the person in anyway.
/// </summary>
internal sealed class LoginEvaluation(AccessEmulator emulator, EvaluationCall call)
{
    /// <returns>The policies whose rule said yes, in this login or in that of the same person before it; or why the person may not enter.</returns>
    public async Task<(IReadOnlySet<AccessEmulatorPolicy> Passed, string? Refusal)> AskAsync(
        HttpContext context, ProtectedApplication application, AccessEmulatorPerson person)
    {
        var passed = SessionCookie.Values(context.Request.Headers.Cookie)
            .Select(emulator.Sessions.Find)
            .Where(session => session?.Email == person.Email)
            .SelectMany(session => session!.Passed ?? Enumerable.Empty<AccessEmulatorPolicy>())
            .ToHashSet();
        List<AccessEmulatorPolicy> matching = [.. Policies.Matching(application.Policies, person)];
        if (matching.Any(policy => policy.ExternalEvaluation is null))
        {
            return (passed, null);
        }

        var ip = context.Connection.RemoteIpAddress?.ToString() ?? "127.0.0.1";
        List<string> problems = [];
        foreach (var policy in matching)
        {
            if (await call.AskAsync(policy.ExternalEvaluation!, person, ip, context.RequestAborted).ConfigureAwait(false) is { } problem)
            {
                passed.Remove(policy);
                problems.Add(problem);
                continue;
            }

            passed.Add(policy);
            return (passed, null);
        }

        var why = string.Join(' ', problems);
        return (passed, problems is [] ? null : $"External Evaluation does not let {person.Email} enter {application.Name}: {why}");
    }
}
