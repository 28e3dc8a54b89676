namespace Imker.Linux;

/// <summary>Closes descriptors whose closing blocks, on as many threads as help.</summary>
internal static class ParallelClosing
{
    private const int MostThreads = 16;

    /// <summary>Closes each group in its order, the groups at the same time.</summary>
    internal static void CloseAll(IReadOnlyList<Descriptor[]> groups)
    {
        int next = -1;
        var threads = new Thread[Math.Min(groups.Count, MostThreads) - 1 is var extra && extra > 0 ? extra : 0];
        for (int i = 0; i < threads.Length; i++)
        {
            threads[i] = new Thread(CloseRest, maxStackSize: 64 << 10);
            threads[i].Start();
        }
        CloseRest();
        foreach (Thread thread in threads)
            thread.Join();

        void CloseRest()
        {
            for (int i = Interlocked.Increment(ref next); i < groups.Count; i = Interlocked.Increment(ref next))
            {
                foreach (Descriptor descriptor in groups[i])
                    descriptor.Dispose();
            }
        }
    }
}
