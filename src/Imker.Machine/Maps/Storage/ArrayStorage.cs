using System.Runtime.CompilerServices;
using Imker.Objects;

namespace Imker.Machine;

/// <summary>Array and per-CPU array (<c>kernel/bpf/arraymap.c</c>): every element is always there.</summary>
internal sealed unsafe class ArrayStorage : MapStorage
{
    private readonly NativeBlock values;
    private readonly uint maxEntries;
    private readonly ulong elementStride;
    private readonly bool takesOut;

    /// <param name="spec">Keys of four bytes.</param>
    /// <param name="valuesPerElement">The number of CPUs, or 1.</param>
    /// <param name="takesOut">Deleting makes an element zero, as it is in arrays of devices; else nothing can be deleted.</param>
    public ArrayStorage(MapSpec spec, int valuesPerElement, bool takesOut = false)
        : base(spec, valuesPerElement)
    {
        this.takesOut = takesOut;
        maxEntries = spec.MaxEntries;
        elementStride = (ulong)ValueStride * (uint)valuesPerElement;
        values = new NativeBlock(elementStride * maxEntries);
        spec.Contents.Span.CopyTo(new Span<byte>(values.Start, ValueSize));
    }

    /// <summary>The address of the value of the first element, which stays.</summary>
    public byte* Start => values.Start;

    public override ulong LookupForProgram(byte* key, Processor processor) => (ulong)Lookup(key, CpuFor(processor));

    public override byte* Lookup(byte* key, int cpu)
    {
        uint index = Unsafe.ReadUnaligned<uint>(key);
        return index < maxEntries ? At(index) + (ulong)cpu * (uint)ValueStride : null;
    }

    public override int Update(byte* key, byte* value, ulong flags, int cpu)
    {
        int error = Check(key, flags, out uint index);
        if (error == 0)
            Unsafe.CopyBlockUnaligned(At(index) + (ulong)cpu * (uint)ValueStride, value, (uint)ValueSize);
        return error;
    }

    public override int Delete(byte* key)
    {
        uint index = Unsafe.ReadUnaligned<uint>(key);
        if (!takesOut || index >= maxEntries)
            return -Errno.Invalid;
        new Span<byte>(At(index), ValueSize).Clear();
        return 0;
    }

    public override int GetNextKey(byte* key, byte* next)
    {
        uint index = key == null ? uint.MaxValue : Unsafe.ReadUnaligned<uint>(key);
        if (index != uint.MaxValue && index == maxEntries - 1)
            return -Errno.NoEntry;
        Unsafe.WriteUnaligned(next, index >= maxEntries ? 0 : index + 1);
        return 0;
    }

    public override bool TryGetRegion(out MemoryRegion region)
    {
        // The padding behind the last value belongs to nobody.
        region = RegionOf(values.Start, values.Length - (ulong)(ValueStride - ValueSize));
        return true;
    }

    public override int Read(byte* key, byte* buffer)
    {
        uint index = Unsafe.ReadUnaligned<uint>(key);
        if (index >= maxEntries)
            return -Errno.NoEntry;
        Unsafe.CopyBlockUnaligned(buffer, At(index), BytesRead);
        return 0;
    }

    public override int Write(byte* key, byte* buffer, ulong flags)
    {
        int error = Check(key, flags, out uint index);
        if (error == 0)
            Unsafe.CopyBlockUnaligned(At(index), buffer, BytesRead);
        return error;
    }

    private uint BytesRead => ValuesPerElement == 1 ? (uint)ValueSize : (uint)elementStride;

    private byte* At(uint index) => values.Start + index * elementStride;

    private int Check(byte* key, ulong flags, out uint index)
    {
        index = Unsafe.ReadUnaligned<uint>(key);
        return !IsMode(flags) ? -Errno.Invalid : index >= maxEntries ? -Errno.TooBig : OnlyIfAbsent(flags) ? -Errno.Exists : 0;
    }
}
