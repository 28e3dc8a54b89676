using System.Runtime.InteropServices;
using Imker.TestKit;

namespace Imker.Linux.Tests.Hooks;

/// <summary>The library of <c>tests/corpus/usdt</c>, loaded into this process.</summary>
internal sealed unsafe class ProbeLibrary : IDisposable
{
    private readonly nint handle = NativeLibrary.Load(Path);
    private readonly delegate* unmanaged<int, long, void> work;
    private readonly delegate* unmanaged<byte, short, void> workSmall;
    private readonly delegate* unmanaged<int> semaphore;

    public ProbeLibrary()
    {
        work = (delegate* unmanaged<int, long, void>)NativeLibrary.GetExport(handle, "work");
        workSmall = (delegate* unmanaged<byte, short, void>)NativeLibrary.GetExport(handle, "work_small");
        semaphore = (delegate* unmanaged<int>)NativeLibrary.GetExport(handle, "semaphore");
    }

    public static string Path => Corpus.PathOf("usdt/libprobes.so");

    public int Semaphore => semaphore();

    public void Work(int first, long second) => work(first, second);

    public void WorkSmall(byte first, short second) => workSmall(first, second);

    public void Dispose() => NativeLibrary.Free(handle);
}
