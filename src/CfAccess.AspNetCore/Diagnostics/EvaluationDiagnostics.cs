using CfAccess.AspNetCore.ExternalEvaluation;
using Microsoft.Extensions.Logging;

namespace CfAccess.AspNetCore.Diagnostics;

/// <summary>Tells the log and the metrics what became of a request.</summary>
internal sealed class EvaluationDiagnostics(ILogger logger, AccessMetrics metrics)
{
    /// <summary>Why requests were last answered 503. Anybody can cause such an answer, so the same is told once.</summary>
    private string? _unavailable;

    public void Refused(EvaluationRefusal refusal)
    {
        if (refusal.IsOurs)
        {
            metrics.Evaluated("unavailable", refusal.Word);
            if (Interlocked.Exchange(ref _unavailable, refusal.Word) != refusal.Word)
            {
                logger.EvaluationUnavailable(refusal.Word);
            }
        }
        else
        {
            metrics.Evaluated("refused", refusal.Word);
            logger.EvaluationRefused(refusal.Word);
        }
    }

    public void Allowed()
    {
        Volatile.Write(ref _unavailable, null);
        metrics.Evaluated("allowed", reason: null);
        logger.EvaluationAllowed();
    }

    public void Denied()
    {
        Volatile.Write(ref _unavailable, null);
        metrics.Evaluated("denied", reason: null);
        logger.EvaluationDenied();
    }

    public void TimedOut(TimeSpan timeout)
    {
        metrics.Evaluated("denied", "timed_out");
        logger.EvaluationTimedOut(timeout);
    }

    /// <param name="exception">The application's own, and so told as it is.</param>
    public void Failed(Exception exception)
    {
        metrics.Evaluated("denied", "failed");
        logger.EvaluationFailed(exception);
    }
}
