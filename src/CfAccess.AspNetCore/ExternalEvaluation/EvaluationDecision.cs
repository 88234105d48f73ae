using CfAccess.AspNetCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.AspNetCore.ExternalEvaluation;

/// <summary>
/// Asks the application, with services of a scope of its own: one that goes on beyond its time must not hold on to a request that is over.
/// </summary>
internal sealed class EvaluationDecision(
    IServiceScopeFactory scopes, Func<IServiceProvider, AccessIdentity, CancellationToken, Task<bool>> evaluate)
{
    /// <returns>Whether the application said yes, in time.</returns>
    /// <exception cref="OperationCanceledException">The caller went away.</exception>
    public async Task<bool> DecideAsync(
        AccessIdentity identity, TimeSpan time, TimeProvider timeProvider, EvaluationDiagnostics diagnostics, CancellationToken aborted)
    {
        using var timeout = new CancellationTokenSource(time, timeProvider);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, aborted);
        try
        {
            // On a thread of its own, since it may never return at all.
            var success = await Task.Run(() => EvaluateAsync(identity, ended.Token), CancellationToken.None)
                .WaitAsync(ended.Token).ConfigureAwait(false);
            Tell(success, diagnostics);
            return success;
        }
        catch (OperationCanceledException) when (aborted.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            diagnostics.TimedOut(time);
            return false;
        }
        catch (Exception exception)
        {
            // It is the application's, and may throw anything.
            diagnostics.Failed(exception);
            return false;
        }
    }

    private static void Tell(bool success, EvaluationDiagnostics diagnostics)
    {
        if (success)
        {
            diagnostics.Allowed();
        }
        else
        {
            diagnostics.Denied();
        }
    }

    private async Task<bool> EvaluateAsync(AccessIdentity identity, CancellationToken ended)
    {
        var scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            return await evaluate(scope.ServiceProvider, identity, ended).ConfigureAwait(false);
        }
    }
}
