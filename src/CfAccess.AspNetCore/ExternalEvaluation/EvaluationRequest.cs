namespace CfAccess.AspNetCore.ExternalEvaluation;

/// <summary>A verified request of Access. No record: its text would hold claims.</summary>
internal sealed class EvaluationRequest(AccessIdentity identity, string nonce, DateTimeOffset expiration)
{
    /// <summary>Who logs in.</summary>
    public AccessIdentity Identity => identity;

    /// <summary>What the answer must hold again, and what no second request may hold.</summary>
    public string Nonce => nonce;

    public DateTimeOffset Expiration => expiration;
}
