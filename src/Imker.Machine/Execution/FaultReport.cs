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
            Address = state->FaultAddress,
            Size = (int)(state->FaultSize & ~ExecutionState.WriteFlag),
            IsWrite = (state->FaultSize & ExecutionState.WriteFlag) != 0,
            Place = state->Fault == FaultKind.BadAccess ? Locate(processor, state->FaultAddress, state->FaultSize & ~ExecutionState.WriteFlag) : "",
            Registers = ImmutableArray.Create(new ReadOnlySpan<ulong>(state->Registers, 11)),
            Exception = processor.HelperException,
        };
    }

    private static string Locate(Processor processor, ulong address, uint size)
    {
        if (address < SmallestAddress)
            return address == 0 ? "a null pointer" : $"{address} bytes behind a null pointer";
        if (MapHandle.TryGetId(address, out _))
            return "a map, whose values only helpers find";
        ExecutionState* state = processor.State;
        for (int i = 0; i < state->RegionCount; i++)
        {
            MemoryRegion region = state->Regions[i];
            ulong offset = address - region.Start, before = region.Start - address;
            if (region.Length == 0)
                continue;
            string what = $"the {NameOf(processor, region)} of {region.Length} {(region.Length == 1 ? "byte" : "bytes")}";
            if (offset < region.Length)
                return size <= region.Length - offset ? $"inside {what}, which can only be {(region.Access == RegionAccess.Read ? "read" : "written")}" : $"over the end of {what}";
            if (offset - region.Length < Neighbourhood)
                return offset == region.Length ? $"right behind {what}" : $"{offset - region.Length} bytes behind {what}";
            if (before < Neighbourhood)
                return $"{before} bytes before {what}";
        }
        return "where the program has no memory";
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
