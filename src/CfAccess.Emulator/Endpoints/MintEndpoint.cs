using System.Text.Json;
using CfAccess.Emulator.Applications;
using CfAccess.Emulator.Callers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CfAccess.Emulator.Endpoints;

/// <summary>Makes a token for a script that knows the secret which the emulator prints at start. A good token is a login.</summary>
internal sealed class MintEndpoint(AccessEmulator emulator)
{
    private const long LargestRequest = 32 * 1024;
    private const string Shape = """
        Send a JSON object such as {"email": "alice@example.com"}, {"email": "eve@example.com", "groups": [], "custom": {}},
        {"client_id": "..."} or {"wrong": "Expired"}; "audience" chooses among several applications.
        """;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public async Task AnswerAsync(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method))
        {
            await Answers.NotAllowedAsync(context, HttpMethods.Post).ConfigureAwait(false);
            return;
        }

        if (!SentSecret.IsIn(context.Request, emulator.MintSecret))
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            await SayAsync(
                context,
                StatusCodes.Status401Unauthorized,
                "Send Authorization: Bearer and the mint secret, which the emulator prints at start.").ConfigureAwait(false);
            return;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = LargestRequest;
        }

        var (token, refusal) = Mint(await ReadAsync(context).ConfigureAwait(false));
        await (token is null
            ? SayAsync(context, StatusCodes.Status400BadRequest, refusal)
            : SayAsync(context, StatusCodes.Status200OK, token)).ConfigureAwait(false);
    }

    private static async Task<MintRequest?> ReadAsync(HttpContext context)
    {
        try
        {
            // The serializer alone lets members of an object inside pass that are given twice.
            using var document = await JsonDocument.ParseAsync(context.Request.Body, Strict, context.RequestAborted).ConfigureAwait(false);
            var request = document.Deserialize(EmulatorJson.Default.MintRequest);

            // Its texts are read only when it is written: one that is none would be found too late.
            _ = request?.Custom?.ToJsonString();
            return request;
        }
        catch (Exception exception) when (exception is JsonException or BadHttpRequestException or InvalidOperationException)
        {
            // No JSON, not this JSON, too much of it, or text in it that is none.
            return null;
        }
    }

    private (string? Token, string Refusal) Mint(MintRequest? wanted) => wanted switch
    {
        { Email: { } email, ClientId: null, Wrong: null } => OfPerson(email, wanted),
        { Email: null, Groups: null, Custom: null, ClientId: { } clientId, Wrong: null } => emulator.Callers.FindServiceToken(clientId) is null
            ? (null, emulator.Callers.UnknownServiceToken)
            : TokenOf(emulator.LogInService(clientId), wanted.Audience),
        { Email: null, Groups: null, Custom: null, ClientId: null, Wrong: { } name } => OfKind(name, wanted.Audience),
        _ => (null, Shape),
    };

    private (string? Token, string Refusal) OfKind(string name, string? tag)
    {
        var kinds = Enum.GetValues<AccessEmulatorWrongToken>();
        var kind = Array.FindIndex(kinds, one => string.Equals($"{one}", name, StringComparison.OrdinalIgnoreCase));
        return kind >= 0
            ? ForApplication(tag, application => emulator.MintWrongToken(kinds[kind], application))
            : (null, $"wrong is one of {string.Join(", ", kinds)}.");
    }

    private (string? Token, string Refusal) OfPerson(string email, MintRequest wanted)
    {
        if (emulator.Callers.Person(email, wanted.Groups, wanted.Custom) is not { } person)
        {
            return (null, emulator.Callers.UnknownPerson);
        }

        List<string> wrong = [.. CallerRules.Of("person", person)];
        return wrong.Count > 0 ? (null, string.Join(' ', wrong)) : TokenOf(emulator.LogIn(person), wanted.Audience);
    }

    private (string? Token, string Refusal) TokenOf(AccessEmulatorSession session, string? tag) =>
        ForApplication(tag, application => emulator.Sessions.TokenFor(session, application));

    private (string? Token, string Refusal) ForApplication(string? tag, Func<ProtectedApplication, string> mint) =>
        (tag is null ? emulator.Applications.All[0] : emulator.Applications.OfTag(tag)) is { } application
            ? (mint(application), string.Empty)
            : (null, emulator.Applications.UnknownTag);

    private static Task SayAsync(HttpContext context, int status, string text) =>
        Answers.SendAsync(context, new(status, "text/plain; charset=utf-8", text + "\n"));
}
