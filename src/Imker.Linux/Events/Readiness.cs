using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>Waits for descriptors to become readable without holding the caller's thread: one of its own sleeps for it.</summary>
internal sealed class Readiness : IDisposable
{
    private const uint ReadyBit = 1, EndBit = 2;

    private readonly EpollSet set = new();
    private readonly WakeEvent end = new();
    private readonly SemaphoreSlim asked = new(0), ready = new(0);
    private readonly Thread thread;
    private volatile bool isEnding;

    internal Readiness(params ReadOnlySpan<Descriptor> descriptors)
    {
        foreach (Descriptor descriptor in descriptors)
            set.Add(descriptor, ReadyBit);
        set.Add(end.Descriptor, EndBit);
        thread = new Thread(Sleep, maxStackSize: 64 << 10) { IsBackground = true, Name = "imker readiness" };
        thread.Start();
    }

    /// <summary>Returns when one is readable, or has been since this was called last.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    internal Task WaitAsync(CancellationToken cancellation)
    {
        asked.Release();
        return ready.WaitAsync(cancellation);
    }

    public void Dispose()
    {
        isEnding = true;
        end.Set();
        asked.Release();
        thread.Join();
        set.Dispose();
        end.Dispose();
        asked.Dispose();
        ready.Dispose();
    }

    private void Sleep()
    {
        while (true)
        {
            asked.Wait();
            if (isEnding)
                return;
            set.Wait(-1);
            ready.Release();
        }
    }
}
