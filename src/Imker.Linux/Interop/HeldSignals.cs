namespace Imker.Linux.Interop;

/// <summary>Keeps signals from the calling thread until it is disposed: one that is for the process goes to another thread, or waits.</summary>
internal readonly unsafe ref struct HeldSignals : IDisposable
{
    private const int Block = 0, SetMask = 2;

    private readonly ulong before;

    private HeldSignals(ulong before) => this.before = before;

    internal static HeldSignals Begin()
    {
        ulong all = ulong.MaxValue, before = 0;
        SystemCall.SignalMask(Block, &all, &before);
        return new HeldSignals(before);
    }

    public void Dispose()
    {
        ulong mask = before;
        SystemCall.SignalMask(SetMask, &mask, null);
    }
}
