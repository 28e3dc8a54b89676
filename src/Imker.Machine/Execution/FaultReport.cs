using System.Collections.Immutable;

namespace Imker.Machine;

/// <summary>Makes the report of a fault from what the run left.</summary>
internal static unsafe class FaultReport
{
    // Further away than this an address has nothing to do with a region.
    private const ulong Neighbourhood = 1 << 16;
    private const ulong SmallestAddress = 1 << 12;

    public static ProgramFault Make(Processor processor)
    {
        ExecutionState* state = processor.State;
        ExecutableProgram program = processor.FaultProgram ?? processor.Program.Executable;
        program.Code.TryGetIndex(state->FaultSlot, out int index);
        return new ProgramFault
        {
            Kind = state->Fault,
            Program = program.Name,
            Function = program.FunctionOf(state->FaultSlot).Name,
            Slot = state->FaultSlot,
            Instruction = program.Code.Instructions[index],
            Address = HasAddress(state->Fault) ? state->FaultAddress : 0,
            Size = HasAddress(state->Fault) ? (int)(state->FaultSize & ~ExecutionState.WriteFlag) : 0,
            IsWrite = HasAddress(state->Fault) && (state->FaultSize & ExecutionState.WriteFlag) != 0,
            Place = state->Fault == FaultKind.BadAccess ? Locate(processor, state->FaultAddress, state->FaultSize & ~ExecutionState.WriteFlag) : "",
            Registers = ImmutableArray.Create(new ReadOnlySpan<ulong>(state->Registers, 11)),
            Exception = processor.HelperException,
        };
    }

    private static bool HasAddress(FaultKind kind) => kind is FaultKind.BadAccess or FaultKind.Misaligned or FaultKind.BadCall or FaultKind.BadArgument;

    private static string Locate(Processor processor, ulong address, uint size)
    {
        if (address < SmallestAddress)
            return address == 0 ? "a null pointer" : $"{address} bytes behind a null pointer";
        if (MapHandle.TryGetId(address, out _))
            return "a map, whose values only helpers find";
        ExecutionState* state = processor.State;
        int nearest = -1;
        ulong smallest = Neighbourhood;
        for (int i = 0; i < state->RegionCount; i++)
        {
            ulong distance = DistanceOf(state->Regions[i], address);
            if (distance < smallest)
                (nearest, smallest) = (i, distance);
        }
        return nearest < 0 ? "where the program has no memory" : Relate(processor, state->Regions[nearest], address, size);
    }

    private static ulong DistanceOf(in MemoryRegion region, ulong address) =>
        region.Length == 0 ? ulong.MaxValue : address - region.Start < region.Length ? 0
        : Math.Min(region.Start - address, address - region.Start - region.Length);

    private static string Relate(Processor processor, in MemoryRegion region, ulong address, uint size)
    {
        string what = $"the {NameOf(processor, region)} of {region.Length} {(region.Length == 1 ? "byte" : "bytes")}";
        ulong offset = address - region.Start;
        if (offset >= region.Length)
        {
            return offset == region.Length ? $"right behind {what}"
                : offset - region.Length < Neighbourhood ? $"{offset - region.Length} bytes behind {what}" : $"{region.Start - address} bytes before {what}";
        }
        return size > region.Length - offset ? $"over the end of {what}"
            : $"inside {what}, which can only be {(region.Access == RegionAccess.Read ? "read" : "written")}";
    }

    private static string NameOf(Processor processor, in MemoryRegion region) => region.Kind switch
    {
        RegionKind.Stack => "stack",
        RegionKind.Context => "context",
        RegionKind.Packet => "packet",
        RegionKind.MapKey => "key",
        RegionKind.RingRecords => $"records of '{processor.NameOfMap(region.Map)}'",
        _ => $"values of '{processor.NameOfMap(region.Map)}'",
    };
}
