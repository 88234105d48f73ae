using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CfAccess.Emulator.Callers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace CfAccess.Emulator.Endpoints;

/// <summary>Makes a token for a script that knows the secret which the emulator prints at start. A good token is a login.</summary>
internal sealed class MintEndpoint(AccessEmulator emulator)
{
    private const long LargestRequest = 32 * 1024;
    private const string Scheme = "Bearer ";
    private const string Shape = """
        Send a JSON object such as {"email": "alice@example.com"}, {"email": "eve@example.com", "groups": [], "custom": {}},
        {"client_id": "..."} or {"wrong": "Expired"}.
        """;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public async Task AnswerAsync(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method))
        {
            await AccessEndpoints.NotAllowed(context, HttpMethods.Post).ConfigureAwait(false);
            return;
        }

        if (!KnowsSecret(context.Request))
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
            return document.Deserialize(EmulatorJson.Default.MintRequest);
        }
        catch (Exception exception) when (exception is JsonException or BadHttpRequestException)
        {
            // No JSON, not this JSON, or too much of it.
            return null;
        }
    }

    private (string? Token, string Refusal) Mint(MintRequest? wanted) => wanted switch
    {
        { Email: { } email, ClientId: null, Wrong: null } => OfPerson(email, wanted),
        { Email: null, Groups: null, Custom: null, ClientId: { } clientId, Wrong: null } => emulator.Callers.FindServiceToken(clientId) is null
            ? (null, emulator.Callers.UnknownServiceToken)
            : (emulator.LogInService(clientId).Token, string.Empty),
        { Email: null, Groups: null, Custom: null, ClientId: null, Wrong: { } name } =>
            Enum.TryParse<AccessEmulatorWrongToken>(name, ignoreCase: true, out var wrong) && Enum.IsDefined(wrong)
                ? (emulator.MintWrongToken(wrong), string.Empty)
                : (null, $"wrong is one of {string.Join(", ", Enum.GetNames<AccessEmulatorWrongToken>())}."),
        _ => (null, Shape),
    };

    private (string? Token, string Refusal) OfPerson(string email, MintRequest wanted)
    {
        if (emulator.Callers.Person(email, wanted.Groups, wanted.Custom) is not { } person)
        {
            return (null, emulator.Callers.UnknownPerson);
        }

        List<string> wrong = [.. CallerRules.Of("person", person)];
        return wrong.Count > 0 ? (null, string.Join(' ', wrong)) : (emulator.LogIn(person).Token, string.Empty);
    }

    private bool KnowsSecret(HttpRequest request) =>
        request.Headers[HeaderNames.Authorization] is [{ } sent]
        && sent.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(sent[Scheme.Length..].Trim()), Encoding.UTF8.GetBytes(emulator.MintSecret));

    private static Task SayAsync(HttpContext context, int status, string text) =>
        Answers.SendAsync(context, new(status, "text/plain; charset=utf-8", text + "\n"));
}
