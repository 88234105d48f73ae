using CfAccess.AspNetCore.Tokens;
using Microsoft.AspNetCore.Http;

namespace CfAccess.AspNetCore.ExternalEvaluation;

/// <summary>
/// A request that gets no signed answer: its status, its one word for log and metric, and when to come back, where that helps. Not 401: the request
/// authenticates nobody, and what turns a 401 into a login must not turn this.
/// </summary>
internal readonly record struct EvaluationRefusal(int Status, string Word, TimeSpan? RetryAfter = null)
{
    public static readonly EvaluationRefusal UnsupportedMediaType = new(StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type");

    public static readonly EvaluationRefusal TooLarge = new(StatusCodes.Status413PayloadTooLarge, "too_large");

    public static readonly EvaluationRefusal Malformed = new(StatusCodes.Status400BadRequest, FailureWords.Of(AccessFailureReason.Malformed));

    /// <summary>The token would count for longer than Access needs, and its nonce would have to be remembered for as long.</summary>
    public static readonly EvaluationRefusal TooLongLived = new(StatusCodes.Status400BadRequest, "too_long_lived");

    public static readonly EvaluationRefusal Replayed = new(StatusCodes.Status400BadRequest, "replayed");

    public static readonly EvaluationRefusal NoncesUnavailable = Unavailable("nonces_unavailable");

    public static readonly EvaluationRefusal NoSigningKey = Unavailable("no_signing_key");

    public bool IsOurs => Status == StatusCodes.Status503ServiceUnavailable;

    public static EvaluationRefusal Of(TokenFailure failure) => failure.Reason == AccessFailureReason.KeysUnavailable
        ? new(StatusCodes.Status503ServiceUnavailable, failure.Word, failure.RetryAfter)
        : new(StatusCodes.Status400BadRequest, failure.Word);

    public static EvaluationRefusal Of(AccessFailureReason reason) => Of(new TokenFailure(reason));

    private static EvaluationRefusal Unavailable(string word) => new(StatusCodes.Status503ServiceUnavailable, word, TimeSpan.FromSeconds(5));
}
