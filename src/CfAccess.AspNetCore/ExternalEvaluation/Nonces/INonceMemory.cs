namespace CfAccess.AspNetCore.ExternalEvaluation.Nonces;

/// <summary>Which nonces were used, each for as long as its token is taken.</summary>
internal interface INonceMemory
{
    /// <summary>Uses a nonce. Of several requests with the same one at once, one instance lets one pass.</summary>
    /// <param name="nonce">The nonce of a verified token.</param>
    /// <param name="expiration">When the token ends.</param>
    /// <param name="cancellationToken">The caller goes away.</param>
    /// <returns>Nothing where it was new; else why the request is refused.</returns>
    ValueTask<EvaluationRefusal?> UseAsync(string nonce, DateTimeOffset expiration, CancellationToken cancellationToken);
}
