using Imker.Linux.Interop;

namespace Imker.Linux;

public sealed partial class EventLoop
{
    // Between two looks at rings that fill: a ring of 4 MiB takes forty million events of 48 bytes a second so.
    private const int LookMilliseconds = 2;

    // A pipe holds 64 KiB, of which a command's output is read in pieces of 4.
    private const int MostReadsOfRest = 16;

    private const int SignalsOfImpatience = 2;

    /// <summary>What all rings together may hold in memory while a command runs.</summary>
    internal int MostSetAside { get; init; } = 64 << 20;

    /// <summary>
    /// Waits for the end of a command and of its output. Meanwhile what programs send is set aside from the rings, up to 64 MiB, and
    /// is there when the reader goes on. After SIGINT or SIGTERM only the command's own end is waited for, not that of what it left in
    /// the background; a second signal ends the wait, and the command is sent SIGTERM.
    /// </summary>
    /// <returns>False when the command has not ended.</returns>
    public bool WaitFor(ShellCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        using EpollSet ended = new(), changed = new();
        ended.Add(command.Output, OutputBit);
        ended.Add(command.Process, ProcessBit);
        ended.Add(wake.Descriptor, WakeBit);
        changed.Add(ended, OutputBit | ProcessBit);
        AddSources(changed);
        uint awaited = OutputBit | ProcessBit;
        bool wasWoken = false;
        while (awaited != 0 && !IsWaitOver(awaited))
        {
            uint happened = WaitOnce(ended, changed);
            if ((happened & WakeBit) != 0)
            {
                wake.Clear();
                wasWoken = true;
            }
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
        if ((awaited & OutputBit) != 0)
            ReadRest(ended, command);
        // What it was for is still to be seen to.
        if (wasWoken)
            wake.Set();
        if ((awaited & ProcessBit) == 0)
            return true;
        command.GiveUp();
        return false;
    }

    private bool IsWaitOver(uint awaited) => SignalCount switch
    {
        0 => false,
        < SignalsOfImpatience => awaited == OutputBit,
        _ => true,
    };

    private static void ReadRest(EpollSet ended, ShellCommand command)
    {
        for (int i = 0; i < MostReadsOfRest && (ended.Wait(0) & OutputBit) != 0 && command.ReadSome(); i++)
        {
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
        int left = MostSetAside;
        foreach ((RingBuffer ring, _) in rings)
            left -= ring.SetAsideLength;
        foreach ((RingBuffer ring, _) in rings)
        {
            int before = ring.SetAsideLength;
            isAny |= ring.SetAside(before + left);
            left -= ring.SetAsideLength - before;
        }
        return isAny;
    }
}
