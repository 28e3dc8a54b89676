namespace Imker.Machine;

/// <summary>
/// The helpers that read memory which may not be there. In the kernel that is another address space; here it is whatever the program may
/// touch, and what it may not is an error instead of a fault.
/// </summary>
internal static unsafe class MemoryHelpers
{
    public static ulong Read(ulong destination, ulong size, ulong source, ulong r4, ulong r5, ExecutionState* state)
    {
        if (!Processor.Of(state).TryWrite(destination, size, out Span<byte> memory))
            return 0;
        if (TryPeek(state, source, size, out ReadOnlySpan<byte> found))
        {
            found.CopyTo(memory);
            return 0;
        }
        memory.Clear();
        return MapHelpers.Result(-Errno.BadAddress);
    }

    /// <summary>Copies up to a zero, which is always written; returns the bytes with it.</summary>
    public static ulong ReadString(ulong destination, ulong size, ulong source, ulong r4, ulong r5, ExecutionState* state)
    {
        if (!Processor.Of(state).TryWrite(destination, size, out Span<byte> memory))
            return 0;
        for (int i = 0; i < memory.Length; i++)
        {
            if (!TryPeek(state, source + (uint)i, 1, out ReadOnlySpan<byte> found))
            {
                memory.Clear();
                return MapHelpers.Result(-Errno.BadAddress);
            }
            memory[i] = i == memory.Length - 1 ? (byte)0 : found[0];
            if (memory[i] == 0)
                return (uint)i + 1;
        }
        return 0;
    }

    /// <summary><c>bpf_csum_diff</c>: the one's complement sum of what comes, less what goes.</summary>
    public static ulong ChecksumDifference(ulong from, ulong fromSize, ulong to, ulong toSize, ulong seed, ExecutionState* state)
    {
        if (((fromSize | toSize) & 3) != 0)
            return MapHelpers.Result(-Errno.Invalid);
        Processor processor = Processor.Of(state);
        if (!processor.TryRead(from, fromSize, out ReadOnlySpan<byte> goes) || !processor.TryRead(to, toSize, out ReadOnlySpan<byte> comes))
            return 0;
        // Subtracting is adding the complement; sums of 16-bit words in memory order.
        ulong sum = (uint)seed;
        foreach (ushort word in System.Runtime.InteropServices.MemoryMarshal.Cast<byte, ushort>(comes))
            sum += word;
        foreach (ushort word in System.Runtime.InteropServices.MemoryMarshal.Cast<byte, ushort>(goes))
            sum += (ushort)~word;
        while (sum >> 16 != 0)
            sum = (sum & 0xffff) + (sum >> 16);
        return sum;
    }

    /// <summary>Memory that the program may read; unlike <see cref="RegionLookup.Find"/> what it may not is no fault.</summary>
    public static bool TryPeek(ExecutionState* state, ulong address, ulong size, out ReadOnlySpan<byte> memory)
    {
        memory = default;
        if (size == 0)
            return true;
        if (size > int.MaxValue)
            return false;
        Processor.Of(state).AddRegionsOfNewMaps();
        for (int i = 0; i < state->RegionCount; i++)
        {
            if (state->Regions[i].Allows(address, (uint)size, RegionAccess.Read))
            {
                memory = new ReadOnlySpan<byte>((void*)address, (int)size);
                return true;
            }
        }
        return false;
    }
}
