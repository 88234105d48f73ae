namespace CfAccess.AspNetCore.ExternalEvaluation.Keys;

/// <summary>Where the keys are kept. What fails is an <see cref="EvaluationKeyStoreException"/>, whose message is for an operator.</summary>
internal interface IEvaluationKeyStore
{
    /// <summary>The store, for an operator.</summary>
    string Name { get; }

    /// <summary>Writes something that means nothing.</summary>
    Task CheckWritableAsync(CancellationToken cancellationToken);

    /// <returns>The keys; none where nothing is stored. What is stored and cannot be read is a failure.</returns>
    Task<IReadOnlyList<EvaluationKey>> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Replaces the keys by what <paramref name="change"/> makes of them, as one step where the store can do that.</summary>
    Task UpdateAsync(Func<IReadOnlyList<EvaluationKey>, IReadOnlyList<EvaluationKey>> change, CancellationToken cancellationToken);
}
