using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Imker.Machine.Jit;

/// <summary>
/// Memory that an assembler writes machine code to. It grows only in <see cref="Reserve"/>, so that what stands between two calls
/// needs no check of its own.
/// </summary>
internal abstract unsafe class CodeBuffer : IDisposable
{
    private byte* start, end;

    /// <summary>The place of the next byte.</summary>
    protected byte* Cursor;

    protected CodeBuffer(int capacity)
    {
        start = Cursor = (byte*)NativeMemory.Alloc((nuint)capacity);
        end = start + capacity;
    }

    /// <summary>Bytes written so far: the offset of the next instruction.</summary>
    public int Position
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (int)(Cursor - start);
    }

    public ReadOnlySpan<byte> Written => new(start, Position);

    /// <summary>Makes room for as many bytes; what was written may move.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Reserve(int bytes)
    {
        if (end - Cursor < bytes)
            Grow(bytes);
    }

    /// <summary>Begins again at the first byte.</summary>
    public void Clear() => Cursor = start;

    public void Dispose()
    {
        NativeMemory.Free(start);
        start = Cursor = end = null;
    }

    public int ReadInt32(int position) => Unsafe.ReadUnaligned<int>(start + position);

    public void WriteByte(int position, byte value) => start[position] = value;

    public void WriteInt32(int position, int value) => Unsafe.WriteUnaligned(start + position, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected void Emit(byte value) => *Cursor++ = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected void Emit32(int value)
    {
        Unsafe.WriteUnaligned(Cursor, value);
        Cursor += sizeof(int);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected void Emit64(long value)
    {
        Unsafe.WriteUnaligned(Cursor, value);
        Cursor += sizeof(long);
    }

    private void Grow(int bytes)
    {
        int written = Position;
        nuint capacity = (nuint)Math.Max((end - start) * 2, written + bytes);
        start = (byte*)NativeMemory.Realloc(start, capacity);
        Cursor = start + written;
        end = start + capacity;
    }
}
