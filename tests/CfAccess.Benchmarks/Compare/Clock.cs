namespace CfAccess.Benchmarks.Compare;

/// <summary>Measures work of this thread.</summary>
internal static class Clock
{
    /// <summary>The time of one of so many runs, in microseconds.</summary>
    public static double Microseconds(int count, Action<int> run)
    {
        var start = TimeProvider.System.GetTimestamp();
        for (var number = 0; number < count; number++)
        {
            run(number);
        }

        return TimeProvider.System.GetElapsedTime(start).TotalMicroseconds / count;
    }

    /// <summary>The bytes that one of so many runs allocates on this thread.</summary>
    public static double Bytes(int count, Action<int> run)
    {
        run(0);
        var start = GC.GetAllocatedBytesForCurrentThread();
        for (var number = 0; number < count; number++)
        {
            run(number);
        }

        return (GC.GetAllocatedBytesForCurrentThread() - start) / (double)count;
    }

    /// <summary>The exceptions that one run throws, caught or not.</summary>
    public static int Exceptions(Action run)
    {
        var count = 0;
        void Thrown(object? sender, System.Runtime.ExceptionServices.FirstChanceExceptionEventArgs thrown) => Interlocked.Increment(ref count);
        AppDomain.CurrentDomain.FirstChanceException += Thrown;
        run();
        AppDomain.CurrentDomain.FirstChanceException -= Thrown;
        return count;
    }
}
