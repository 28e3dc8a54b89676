using System.Runtime.InteropServices;
using Imker.Bytecode;
using Imker.Compiler.Ir;

namespace Imker.Compiler.Passes;

/// <summary>
/// The allocations of which every access is known: their addresses are in no memory, in no phi and with no other function, so
/// that only loads, stores and the helpers that are handed them touch their bytes.
/// </summary>
internal sealed class FrameMemory
{
    private readonly Dictionary<IrValue, FramePlace> places = [];
    private readonly HashSet<StackAllocateInstruction> known;
    private readonly List<FrameTouch> touches = [];

    public FrameMemory(IrFunction function)
    {
        known = [.. FrameBudget.AllocationsOf(function)];
        // Definitions come before uses in this order.
        var order = new ReversePostorder(function);
        foreach (IrBlock block in order.Blocks)
        {
            foreach (IrInstruction instruction in block.Instructions)
                Derive(instruction);
        }
        foreach (IrInstruction instruction in function.Instructions())
            Exclude(instruction);
    }

    public IReadOnlyCollection<StackAllocateInstruction> Allocations => known;

    public bool TryGetPlace(IrValue pointer, out FramePlace place) =>
        places.TryGetValue(pointer, out place) && known.Contains(place.Allocation);

    /// <summary>
    /// What an instruction does with the known allocations: first what it reads, then what it writes. It stands until the next question:
    /// every instruction is asked about several times, so the answers share their memory.
    /// </summary>
    public ReadOnlySpan<FrameTouch> TouchesOf(IrInstruction instruction)
    {
        touches.Clear();
        switch (instruction)
        {
            case LoadInstruction i:
                Touch(i.Pointer, i.Offset, i.Type.Size, FrameTouchKind.Read);
                break;
            case StoreInstruction i:
                Touch(i.Pointer, i.Offset, i.Value.Type.Size, FrameTouchKind.Write);
                break;
            case ZeroMemoryInstruction i:
                Touch(i.Pointer, i.Offset, i.Size, FrameTouchKind.Write);
                break;
            case CopyMemoryInstruction i:
                Touch(i.Source, i.SourceOffset, i.Size, FrameTouchKind.Read);
                Touch(i.Target, i.TargetOffset, i.Size, FrameTouchKind.Write);
                break;
            case AtomicInstruction i:
                Touch(i.Pointer, i.Offset, i.Type.Size, FrameTouchKind.Read);
                Touch(i.Pointer, i.Offset, i.Type.Size, FrameTouchKind.MayWrite);
                break;
            case CallHelperInstruction i:
                Touch(i, MemoryAccess.Read);
                Touch(i, MemoryAccess.Write);
                break;
        }
        return CollectionsMarshal.AsSpan(touches);
    }

    private void Derive(IrInstruction instruction)
    {
        switch (instruction)
        {
            case StackAllocateInstruction allocation:
                places[allocation] = new FramePlace(allocation, 0);
                break;
            case OffsetInstruction offset when places.TryGetValue(offset.Pointer, out FramePlace place):
                int? distance = offset.Distance is IrConstant { Value: >= int.MinValue and <= int.MaxValue } constant ? (int)constant.Value : null;
                places[offset] = place with { Offset = place.Offset + distance };
                break;
        }
    }

    private void Exclude(IrInstruction instruction)
    {
        bool isKnownUse = instruction is LoadInstruction or ZeroMemoryInstruction or CopyMemoryInstruction or OffsetInstruction or CompareInstruction or CallHelperInstruction;
        for (int i = 0; i < instruction.Operands.Length; i++)
        {
            bool isAddress = i == 0 && instruction is StoreInstruction or AtomicInstruction;
            if (!isKnownUse && !isAddress && places.TryGetValue(instruction.Operands[i], out FramePlace place))
                known.Remove(place.Allocation);
        }
    }

    private void Touch(IrValue pointer, long offset, long size, FrameTouchKind kind)
    {
        if (!TryGetPlace(pointer, out FramePlace place))
            return;
        int whole = place.Allocation.Size;
        if (place.Offset is not { } known)
        {
            touches.Add(new FrameTouch(place.Allocation, 0, whole, kind == FrameTouchKind.Write ? FrameTouchKind.MayWrite : kind));
            return;
        }
        long start = Math.Clamp(known + offset, 0, whole), end = Math.Clamp(known + offset + size, start, whole);
        touches.Add(new FrameTouch(place.Allocation, (int)start, (int)(end - start), kind));
    }

    // What a call reads, or what it writes, through its arguments.
    private void Touch(CallHelperInstruction call, MemoryAccess wanted)
    {
        HelperPrototype prototype = HelperTable.Get(call.Helper);
        for (int i = 0; i < call.Operands.Length; i++)
        {
            HelperArgument argument = i < prototype.Arguments.Length ? prototype.Arguments[i] : default;
            MemoryAccess access = argument.Kind == HelperArgumentKind.MapKey ? MemoryAccess.Read : argument.Access;
            if (access == (wanted == MemoryAccess.Read ? MemoryAccess.Write : MemoryAccess.Read))
                continue;
            (long length, bool isExact) = LengthOf(argument, i + 1 < call.Operands.Length ? call.Operands[i + 1] : null);
            if (wanted == MemoryAccess.Read)
                Touch(call.Operands[i], 0, length, FrameTouchKind.Read);
            else
                Touch(call.Operands[i], 0, length, isExact && access == MemoryAccess.Write && FillsAll(call.Helper) ? FrameTouchKind.Write : FrameTouchKind.MayWrite);
        }
    }

    private static (long Length, bool IsExact) LengthOf(HelperArgument argument, IrValue? next) => argument.Kind switch
    {
        HelperArgumentKind.FixedMemory => (argument.Size, true),
        HelperArgumentKind.Memory when next is IrConstant size => (size.Value, true),
        _ => (int.MaxValue, false),
    };

    // On a fault these fill the memory with zeros.
    private static bool FillsAll(HelperId helper) =>
        helper is HelperId.GetCurrentComm or HelperId.ProbeRead or HelperId.ProbeReadKernel or HelperId.ProbeReadUser;
}
