using System.Runtime.InteropServices;

namespace Imker.Machine;

/// <summary>
/// Zeroed memory that does not move, given back when nothing can reach this object any more: a program that runs still holds its maps.
/// </summary>
internal sealed unsafe class NativeBlock
{
    /// <exception cref="OutOfMemoryException">There is not as much.</exception>
    public NativeBlock(ulong bytes)
    {
        Length = bytes;
        Start = (byte*)NativeMemory.AllocZeroed((nuint)Math.Max(bytes, 8));
        GC.AddMemoryPressure((long)Math.Max(bytes, 8));
    }

    ~NativeBlock()
    {
        NativeMemory.Free(Start);
        GC.RemoveMemoryPressure((long)Math.Max(Length, 8));
    }

    public byte* Start { get; }

    public ulong Length { get; }
}
