using System.Diagnostics;

namespace Imker.Script.Tests;

/// <summary>Measures what an action takes at best: what else the machine does must not decide a test.</summary>
internal static class Shortest
{
    public static TimeSpan Of(int runs, Action action)
    {
        TimeSpan best = TimeSpan.MaxValue;
        for (int i = 0; i < runs; i++)
        {
            var clock = Stopwatch.StartNew();
            action();
            best = clock.Elapsed < best ? clock.Elapsed : best;
        }
        return best;
    }
}
