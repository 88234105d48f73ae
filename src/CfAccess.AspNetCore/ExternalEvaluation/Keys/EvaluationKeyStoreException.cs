namespace CfAccess.AspNetCore.ExternalEvaluation.Keys;

/// <summary>The store does not work. The message says which, why, and what to do.</summary>
internal sealed class EvaluationKeyStoreException(string message, Exception? inner) : InvalidOperationException(message, inner);
