using System.Runtime.InteropServices;

namespace Imker.Machine;

/// <summary>
/// Memory that a program may touch. An access of <c>size</c> bytes at <c>address</c> is allowed when
/// <c>address - Start &lt; Length</c> and <c>size &lt;= Length - (address - Start)</c>, both unsigned, and <see cref="Access"/> allows
/// it. Generated code reads this structure: its layout is fixed.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Size)]
internal struct MemoryRegion
{
    public const int Size = 32;
    public const int StartOffset = 0;
    public const int LengthOffset = 8;
    public const int AccessOffset = 16;

    /// <summary>The first byte's address.</summary>
    [FieldOffset(StartOffset)]
    public ulong Start;

    /// <summary>Bytes; 0 for a region that is not there in this run.</summary>
    [FieldOffset(LengthOffset)]
    public ulong Length;

    [FieldOffset(AccessOffset)]
    public RegionAccess Access;

    [FieldOffset(20)]
    public RegionKind Kind;

    /// <summary>For map values: the map's index among those of the run.</summary>
    [FieldOffset(24)]
    public int Map;

    public readonly bool Allows(ulong address, uint size, RegionAccess access)
    {
        ulong offset = address - Start;
        return offset < Length && size <= Length - offset && (Access & access) == access;
    }
}
