using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Imker.Machine;

/// <summary>Which region an access lies in: what engines ask when the region of their last access is not it.</summary>
internal static unsafe class RegionLookup
{
    /// <summary>The region that allows an access; null, with the fault noted, when none does.</summary>
    /// <param name="state">Of the run.</param>
    /// <param name="address">Of the first byte.</param>
    /// <param name="sizeAndDirection">Bytes, with <see cref="ExecutionState.WriteFlag"/> for a write.</param>
    public static MemoryRegion* Find(ExecutionState* state, ulong address, uint sizeAndDirection)
    {
        uint size = sizeAndDirection & ~ExecutionState.WriteFlag;
        RegionAccess access = (sizeAndDirection & ExecutionState.WriteFlag) != 0 ? RegionAccess.Write : RegionAccess.Read;
        MemoryRegion* region = Search(state, address, size, access, 0);
        if (region == null && Processor.Of(state) is var processor)
        {
            int known = state->RegionCount;
            if (processor.AddRegionsOfNewMaps())
                region = Search(state, address, size, access, known);
        }
        if (region == null)
            Refuse(state, FaultKind.BadAccess, address, sizeAndDirection);
        return region;
    }

    /// <summary>As <see cref="Find"/>, for generated code.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static uint FindNative(ExecutionState* state, ulong address, uint sizeAndDirection) =>
        Find(state, address, sizeAndDirection) == null ? 0u : 1;

    /// <summary>Whether an atomic access lies on a multiple of its size; if not, the fault is noted.</summary>
    public static bool IsAligned(ExecutionState* state, ulong address, uint sizeAndDirection)
    {
        if ((address & ((sizeAndDirection & ~ExecutionState.WriteFlag) - 1)) == 0)
            return true;
        Refuse(state, FaultKind.Misaligned, address, sizeAndDirection);
        return false;
    }

    /// <summary>
    /// <c>LD ABS</c> and <c>LD IND</c>: R0 becomes the number in network order at an offset of the packet, or 0 where that lies outside,
    /// which ends the function.
    /// </summary>
    public static bool TryLoadPacket(ExecutionState* state, uint offset, int size)
    {
        state->Registers[0] = 0;
        if ((ulong)offset + (uint)size > state->PacketLength)
            return false;
        byte* at = state->Packet + offset;
        state->Registers[0] = size switch
        {
            1 => *at,
            2 => BinaryPrimitives.ReadUInt16BigEndian(new ReadOnlySpan<byte>(at, sizeof(ushort))),
            _ => BinaryPrimitives.ReadUInt32BigEndian(new ReadOnlySpan<byte>(at, sizeof(uint))),
        };
        return true;
    }

    public static void Refuse(ExecutionState* state, FaultKind kind, ulong address, uint sizeAndDirection)
    {
        state->Fault = kind;
        state->FaultAddress = address;
        state->FaultSize = sizeAndDirection;
    }

    private static MemoryRegion* Search(ExecutionState* state, ulong address, uint size, RegionAccess access, int first)
    {
        for (int i = first; i < state->RegionCount; i++)
        {
            if (state->Regions[i].Allows(address, size, access))
                return state->Regions + i;
        }
        return null;
    }
}
