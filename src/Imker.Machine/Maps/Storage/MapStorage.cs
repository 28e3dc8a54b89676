using System.Runtime.CompilerServices;
using Imker.Bytecode;
using Imker.Objects;

namespace Imker.Machine;

/// <summary>
/// The elements of a map, in memory that does not move. What it answers, and with which error, is what the kernel's map of that type
/// does (<c>kernel/bpf/</c>). Keys and values are given by address: exactly <see cref="KeySize"/> and <see cref="ValueSize"/> bytes.
/// Safe under any number of threads; lookups take no lock.
/// </summary>
internal abstract unsafe class MapStorage
{
    /// <param name="spec">The blueprint.</param>
    /// <param name="valuesPerElement">The number of CPUs where each has its own value, else 1.</param>
    protected MapStorage(MapSpec spec, int valuesPerElement = 1)
    {
        Spec = spec;
        ValuesPerElement = valuesPerElement;
        KeySize = spec.KeySize;
        ValueSize = spec.ValueSize;
    }

    public MapSpec Spec { get; }

    public int KeySize { get; }

    public int ValueSize { get; }

    /// <summary>The distance between the values of two CPUs, or of two elements.</summary>
    public int ValueStride => (ValueSize + 7) & ~7;

    /// <summary>The values that one element has: the number of CPUs where each has its own, else 1.</summary>
    public int ValuesPerElement { get; }

    /// <summary>Whether runs enter an epoch, because elements may be removed under them.</summary>
    public virtual bool IsReclaimed => false;

    /// <summary>The address of a value as the program on <paramref name="cpu"/> sees it; null when there is none.</summary>
    public virtual byte* Lookup(byte* key, int cpu) => null;

    /// <summary>What a program gets: the address of a value, or of a map of maps a handle of the inner map; 0 when there is none.</summary>
    public virtual ulong LookupForProgram(byte* key, Processor processor) => (ulong)Lookup(key, CpuFor(processor));

    /// <summary>The CPU whose values a run sees.</summary>
    public int CpuFor(Processor processor) => ValuesPerElement == 1 ? 0 : processor.Cpu;

    /// <summary>Sets the value that a program on <paramref name="cpu"/> sees. 0 or a negative errno.</summary>
    public virtual int Update(byte* key, byte* value, ulong flags, int cpu) => -Errno.NotSupported;

    /// <summary>Removes an element. 0 or a negative errno.</summary>
    public virtual int Delete(byte* key) => -Errno.NotSupported;

    /// <summary>The key behind another; behind null or an absent one the first. 0 or a negative errno.</summary>
    public virtual int GetNextKey(byte* key, byte* next) => -Errno.NotSupported;

    /// <summary><c>bpf_map_push_elem</c></summary>
    public virtual int Push(byte* value, ulong flags) => -Errno.NotSupported;

    /// <summary><c>bpf_map_pop_elem</c></summary>
    public virtual int Pop(byte* value) => -Errno.NotSupported;

    /// <summary><c>bpf_map_peek_elem</c></summary>
    public virtual int Peek(byte* value) => -Errno.NotSupported;

    /// <summary>The memory of the values, where programs may touch it.</summary>
    public virtual bool TryGetRegion(out MemoryRegion region)
    {
        region = default;
        return false;
    }

    /// <summary>What the host reads of an element: the values of all CPUs, one behind the other. 0 or a negative errno.</summary>
    public virtual int Read(byte* key, byte* buffer)
    {
        byte* value = Lookup(key, 0);
        if (value == null)
            return -Errno.NoEntry;
        Unsafe.CopyBlockUnaligned(buffer, value, (uint)ValueSize);
        return 0;
    }

    /// <summary>Sets an element from the values of all CPUs. 0 or a negative errno.</summary>
    public virtual int Write(byte* key, byte* buffer, ulong flags) => Update(key, buffer, flags, 0);

    /// <summary>Copies a value and removes it. 0 or a negative errno.</summary>
    public virtual int ReadAndDelete(byte* key, byte* buffer) => -Errno.NotSupportedInside;

    /// <summary>The first key that none follows: how a walk through all elements begins.</summary>
    public int GetFirstKey(byte* next) => GetNextKey(null, next);

    protected MemoryRegion RegionOf(byte* start, ulong length) => new()
    {
        Start = (ulong)start,
        Length = length,
        Access = (Spec.Flags & MapFlags.ReadOnlyProgram) != 0 || Spec.IsReadOnlyData ? RegionAccess.Read
            : (Spec.Flags & MapFlags.WriteOnlyProgram) != 0 ? RegionAccess.Write : RegionAccess.ReadWrite,
        Kind = RegionKind.MapValues,
    };

    /// <summary>What every update begins with: flags that mean nothing are refused.</summary>
    protected static bool IsMode(ulong flags) => flags <= (ulong)Hosting.UpdateMode.OnlyIfPresent;

    protected static bool OnlyIfAbsent(ulong flags) => flags == (ulong)Hosting.UpdateMode.OnlyIfAbsent;

    protected static bool OnlyIfPresent(ulong flags) => flags == (ulong)Hosting.UpdateMode.OnlyIfPresent;
}
