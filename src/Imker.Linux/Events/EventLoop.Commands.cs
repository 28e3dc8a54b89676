using Imker.Linux.Interop;

namespace Imker.Linux;

public sealed partial class EventLoop
{
    private const uint OutputBit = 32;

    // What all rings together may hold in memory while a command runs.
    private const int MostSetAside = 64 << 20;

    // Between two looks at rings that fill: a ring of 4 MiB takes forty million events of 48 bytes a second so.
    private const int LookMilliseconds = 2;

    /// <summary>
    /// Waits for the end of a command and of its output. Meanwhile what programs send is set aside from the rings, up to 64 MiB, and
    /// is there when the reader goes on.
    /// </summary>
    public void WaitFor(ShellCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        using EpollSet ended = new(), changed = new();
        ended.Add(command.Output, OutputBit);
        ended.Add(command.Process, ProcessBit);
        changed.Add(ended, OutputBit | ProcessBit);
        AddSources(changed);
        uint awaited = OutputBit | ProcessBit;
        while (awaited != 0)
        {
            uint happened = WaitOnce(ended, changed);
            if ((happened & ProcessBit) != 0)
            {
                ended.Remove(command.Process);
                awaited &= ~ProcessBit;
            }
            if ((happened & OutputBit) != 0 && !command.ReadSome())
            {
                ended.Remove(command.Output);
                awaited &= ~OutputBit;
            }
        }
    }

    private void AddSources(EpollSet set)
    {
        foreach ((RingBuffer ring, _) in rings)
            set.Add(ring.Map.Descriptor, RingBit);
        foreach (Descriptor descriptor in mappings?.Descriptors ?? [])
            set.Add(descriptor, MappingBit);
    }

    // Rings that fill are looked at from time to time, also when there is no room for more; idle ones wake us.
    private uint WaitOnce(EpollSet ended, EpollSet changed)
    {
        mappings?.Drain();
        uint happened = ended.Wait(SetAside() ? LookMilliseconds : 0);
        return happened == 0 && (changed.Wait(-1) & RingBit) != 0 ? ended.Wait(LookMilliseconds) : happened;
    }

    private bool SetAside()
    {
        bool isAny = false;
        foreach ((RingBuffer ring, _) in rings)
            isAny |= ring.SetAside(MostSetAside / rings.Count);
        return isAny;
    }
}
