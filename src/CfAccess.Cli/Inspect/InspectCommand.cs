using System.CommandLine;
using System.Text.Json;
using CfAccess.AspNetCore;
using CfAccess.Cli.CommandLine;
using CfAccess.Cli.Output;
using CfAccess.Cli.Tokens;

namespace CfAccess.Cli.Inspect;

/// <summary><c>cfaccess inspect</c>: what stands in a token. Verifies nothing, and never shows the signature.</summary>
internal static class InspectCommand
{
    private const long LastSecond = 253402300799;
    private static readonly string[] TimeClaims = [AccessClaimTypes.IssuedAt, AccessClaimTypes.NotBefore, AccessClaimTypes.Expiration];

    public static Command Make(Surroundings surroundings)
    {
        var token = TokenArgument.Make();
        var header = CommonOptions.Header("A whole header line that holds the token: 'Cf-Access-Jwt-Assertion: …' or 'Cookie: …'.");
        var command = new Command("inspect", "Show what a token says, without verifying any of it.") { token, header };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var input = await TokenInput.ReadAsync(parsed.GetValue(token) ?? [], parsed.GetValue(header) ?? [], surroundings, cancellationToken);
            var report = ReportOf(input, surroundings);
            new Page(surroundings, parsed.IsJson()).Report(report, CliJson.Default.InspectReport, page => Write(page, report));
            return ExitCodes.Well;
        });
        return command;
    }

    /// <exception cref="CliException">It cannot be read as a token at all.</exception>
    private static InspectReport ReportOf(TokenInput input, Surroundings surroundings)
    {
        if (input.Token is null)
        {
            throw CliException.WrongUse("The Cookie line holds two different tokens. Give one; the library refuses such a request with multiple_tokens.");
        }

        var token = LooseToken.Of(input.Token);
        if (token is not { Header: { } header, Payload: { } payload })
        {
            throw new CliException(ExitCodes.Refused, "This is not a JWT: its first two parts are not JSON objects in base64url. Copy it again, whole; it begins with eyJ.");
        }

        var kind = TokenKind.Of(token);
        return new(
            Verified: false,
            kind,
            TokenKind.Describe(kind),
            input.Notes,
            [.. TimesOf(payload, surroundings)],
            header,
            payload);
    }

    private static IEnumerable<TimeReport> TimesOf(JsonElement payload, Surroundings surroundings)
    {
        var now = surroundings.Clock.GetUtcNow();
        foreach (var claim in TimeClaims)
        {
            if (payload.TryGetProperty(claim, out var value)
                && value.ValueKind == JsonValueKind.Number
                && value.TryGetInt64(out var seconds)
                && seconds is >= 0 and <= LastSecond)
            {
                var time = DateTimeOffset.FromUnixTimeSeconds(seconds);
                yield return new(claim, time, Times.Local(time, surroundings.Zone), Words(claim, time, now));
            }
        }
    }

    private static string Words(string claim, DateTimeOffset time, DateTimeOffset now) => (claim, time >= now) switch
    {
        (AccessClaimTypes.Expiration, true) => $"expires {Times.Relative(time, now)}",
        (AccessClaimTypes.Expiration, false) => $"expired {Times.Relative(time, now)}",
        (AccessClaimTypes.NotBefore, true) => $"valid {Times.Relative(time, now)}",
        (AccessClaimTypes.NotBefore, false) => $"valid since {Times.Span(now - time)}",
        _ => $"issued {Times.Relative(time, now)}",
    };

    private static void Write(Page page, InspectReport report)
    {
        foreach (var note in report.Notes)
        {
            page.Warning(note);
        }

        page.Warning("Nothing of this was verified: anyone can write such a token. To verify it: cfaccess verify.");
        page.Blank();
        page.Field("kind", report.Kind, report.Description);
        foreach (var time in report.Times)
        {
            page.Field(time.Claim, time.Local, time.Relative);
        }

        page.Blank();
        page.Note("header");
        page.Lines(Indented(report.Header));
        page.Note("payload");
        page.Lines(Indented(report.Payload));
    }

    private static string Indented(JsonElement json) => JsonSerializer.Serialize(json, CliJson.Default.JsonElement);
}
