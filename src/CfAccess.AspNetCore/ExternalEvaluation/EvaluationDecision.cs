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
        // Ours alone: what the application registers with its own token is called first there, and could hold this up or say yes.
        using var deadline = new CancellationTokenSource(time, timeProvider);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, aborted);

        // Not disposed: a callback of the application's may be at it for ever, and would be waited for. It holds a timer for as long as its time.
        var ended = new CancellationTokenSource(time, timeProvider);
        var abort = aborted.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), ended);
        try
        {
            // On a thread of its own, since it may never return at all.
            var success = await Task.Run(() => EvaluateAsync(identity, ended.Token), CancellationToken.None)
                .WaitAsync(waiting.Token).ConfigureAwait(false);
            if (!ended.IsCancellationRequested)
            {
                Tell(success, diagnostics);
                return success;
            }

            diagnostics.TimedOut(time);
            return false;
        }
        catch (OperationCanceledException) when (aborted.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception) when (deadline.IsCancellationRequested || ended.IsCancellationRequested)
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
        finally
        {
            abort.Unregister();
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
