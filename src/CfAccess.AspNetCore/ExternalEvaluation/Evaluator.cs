using System.Text;
using System.Text.Json;
using CfAccess.AspNetCore.Diagnostics;
using CfAccess.AspNetCore.ExternalEvaluation.Keys;
using CfAccess.AspNetCore.ExternalEvaluation.Nonces;
using Microsoft.AspNetCore.Http;

namespace CfAccess.AspNetCore.ExternalEvaluation;

/// <summary>
/// A request's walk: body, token, key to answer with, nonce, the application's decision, answer. Whatever goes wrong before the decision
/// gets no signed answer; whatever goes wrong in it is a no.
/// </summary>
internal sealed class Evaluator(
    EvaluationVerifier verifier,
    INonceMemory nonces,
    EvaluationKeyRing keys,
    CloudflareAccessExternalEvaluationOptions options,
    TimeProvider timeProvider,
    EvaluationDiagnostics diagnostics)
{
    public EvaluationKeyRing Keys => keys;

    /// <returns>The keys that are published now; nothing where none counts any more.</returns>
    public async ValueTask<byte[]?> JwksAsync(CancellationToken cancellationToken)
    {
        var set = await keys.CurrentAsync(cancellationToken).ConfigureAwait(false);
        return set.WriteJwks(timeProvider.GetUtcNow());
    }

    /// <returns>The answer's token, or why there is none.</returns>
    /// <exception cref="OperationCanceledException">The caller went away.</exception>
    public async Task<(string? Token, EvaluationRefusal Refusal)> AnswerAsync(HttpRequest request, EvaluationDecision decision)
    {
        var aborted = request.HttpContext.RequestAborted;
        var (token, refusal) = await EvaluationBody.ReadAsync(request).ConfigureAwait(false);
        if (token is null)
        {
            return Refuse(refusal);
        }

        var (asked, unacceptable) = await verifier.VerifyAsync(token, aborted).ConfigureAwait(false);
        if (asked is null)
        {
            return Refuse(unacceptable);
        }

        // Before the nonce is used, so that a request that could not be answered can be sent again.
        var set = await keys.CurrentAsync(aborted).ConfigureAwait(false);
        if (set.SigningKey(timeProvider.GetUtcNow(), options.AnswerLifetime + options.Timeout) is not { } key)
        {
            return Refuse(EvaluationRefusal.NoSigningKey);
        }

        if (await nonces.UseAsync(asked.Nonce, asked.Expiration, aborted).ConfigureAwait(false) is { } used)
        {
            return Refuse(used);
        }

        var success = await decision.DecideAsync(asked.Identity, options.Timeout, timeProvider, diagnostics, aborted).ConfigureAwait(false);
        return (key.Sign(PayloadOf(success, asked.Nonce)), default);
    }

    private (string? Token, EvaluationRefusal Refusal) Refuse(EvaluationRefusal refusal)
    {
        diagnostics.Refused(refusal);
        return (null, refusal);
    }

    private string PayloadOf(bool success, string nonce)
    {
        var now = timeProvider.GetUtcNow();
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteBoolean("success", success);
            json.WriteNumber("iat", now.ToUnixTimeSeconds());
            json.WriteNumber("exp", (now + options.AnswerLifetime).ToUnixTimeSeconds());
            json.WriteString("nonce", nonce);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
