using System.Runtime.CompilerServices;

namespace Imker.Machine;

/// <summary>
/// Dynptrs (<c>struct bpf_dynptr</c>, sixteen bytes on the stack): address, then size and kind. A program that was not verified may write
/// what it likes there, so every use checks the memory again.
/// </summary>
internal static unsafe class DynptrHelpers
{
    private const ulong MaxSize = (1 << 24) - 1;
    private const uint RingKind = 1u << 30, SizeMask = (1 << 24) - 1;
    private const uint Bytes = 16;

    public static ulong FromMemory(ulong data, ulong size, ulong flags, ulong pointer, ulong r5, ExecutionState* state)
    {
        if (!Processor.Of(state).TryWrite(pointer, Bytes, out Span<byte> dynptr))
            return 0;
        dynptr.Clear();
        if (size > MaxSize)
            return MapHelpers.Result(-Errno.TooBig);
        if (flags != 0)
            return MapHelpers.Result(-Errno.Invalid);
        Set(dynptr, data, (uint)size);
        return 0;
    }

    public static ulong ReserveRecord(ulong map, ulong size, ulong flags, ulong pointer, ulong r5, ExecutionState* state)
    {
        if (RecordHelpers.RingOf(map, state) is not { } ring || !Processor.Of(state).TryWrite(pointer, Bytes, out Span<byte> dynptr))
            return 0;
        dynptr.Clear();
        if (flags != 0)
            return MapHelpers.Result(-Errno.Invalid);
        if (size > MaxSize)
            return MapHelpers.Result(-Errno.TooBig);
        byte* record = ring.Reserve((uint)size);
        if (record == null)
            return MapHelpers.Result(-Errno.Invalid);
        Set(dynptr, (ulong)record, (uint)size | RingKind);
        return 0;
    }

    public static ulong SubmitRecord(ulong pointer, ulong flags, ulong r3, ulong r4, ulong r5, ExecutionState* state) => Commit(pointer, flags, discards: false, state);

    public static ulong DiscardRecord(ulong pointer, ulong flags, ulong r3, ulong r4, ulong r5, ExecutionState* state) => Commit(pointer, flags, discards: true, state);

    public static ulong Read(ulong destination, ulong length, ulong pointer, ulong offset, ulong flags, ExecutionState* state)
    {
        Processor processor = Processor.Of(state);
        if (!processor.TryWrite(destination, length, out Span<byte> memory) || !TryGet(pointer, state, out ulong data, out uint size))
            return 0;
        int error = Check(data, size, offset, length, flags);
        if (error == 0 && processor.TryRead(data + offset, length, out ReadOnlySpan<byte> source))
            source.CopyTo(memory);
        return MapHelpers.Result(error);
    }

    public static ulong Write(ulong pointer, ulong offset, ulong source, ulong length, ulong flags, ExecutionState* state)
    {
        Processor processor = Processor.Of(state);
        if (!processor.TryRead(source, length, out ReadOnlySpan<byte> memory) || !TryGet(pointer, state, out ulong data, out uint size))
            return 0;
        int error = Check(data, size, offset, length, flags);
        if (error == 0 && processor.TryWrite(data + offset, length, out Span<byte> destination))
            memory.CopyTo(destination);
        return MapHelpers.Result(error);
    }

    public static ulong Slice(ulong pointer, ulong offset, ulong length, ulong r4, ulong r5, ExecutionState* state) =>
        TryGet(pointer, state, out ulong data, out uint size) && Check(data, size, offset, length, 0) == 0 ? data + offset : 0;

    private static int Check(ulong data, uint size, ulong offset, ulong length, ulong flags) =>
        data == 0 || flags != 0 ? -Errno.Invalid : length > size || offset > size - length ? -Errno.TooBig : 0;

    private static ulong Commit(ulong pointer, ulong flags, bool discards, ExecutionState* state)
    {
        if (!TryGet(pointer, state, out ulong data, out _) || data == 0)
            return 0;
        RecordHelpers.Commit(data, flags, discards, state);
        new Span<byte>((void*)pointer, (int)Bytes).Clear();
        return 0;
    }

    private static bool TryGet(ulong pointer, ExecutionState* state, out ulong data, out uint size)
    {
        data = size = 0;
        if (!Processor.Of(state).TryWrite(pointer, Bytes, out Span<byte> dynptr))
            return false;
        data = Unsafe.ReadUnaligned<ulong>(ref dynptr[0]);
        size = Unsafe.ReadUnaligned<uint>(ref dynptr[sizeof(ulong)]) & SizeMask;
        return true;
    }

    private static void Set(Span<byte> dynptr, ulong data, uint sizeAndKind)
    {
        Unsafe.WriteUnaligned(ref dynptr[0], data);
        Unsafe.WriteUnaligned(ref dynptr[sizeof(ulong)], sizeAndKind);
    }
}
