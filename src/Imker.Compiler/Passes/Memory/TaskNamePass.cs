using System.Collections.Immutable;
using Imker.Bytecode;
using Imker.Compiler.Ir;

namespace Imker.Compiler.Passes;

/// <summary>
/// Asks for the task's name once (<c>bpf_get_current_comm</c>) and copies it from the frame where it is wanted again: the helper costs ten
/// times what the copy does.
/// </summary>
public static class TaskNamePass
{
    private const int MinAlignment = 4;

    public static bool Run(IrFunction function, PassContext context)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (function.Instructions().Count(IsQuestion) < 2)
            return false;
        var memory = new FrameMemory(function);
        var uses = new UseCounts(function);
        var states = new Dictionary<IrBlock, ImmutableList<FrameTouch>>(function.Blocks.Count);
        bool changed = false;
        foreach (IrBlock block in new ReversePostorder(function).Blocks)
        {
            ImmutableList<FrameTouch> names = Merge(block.Predecessors.Select(p => states.GetValueOrDefault(p)));
            for (int i = 0; i < block.Instructions.Count; i++)
            {
                if (IsQuestion(block.Instructions[i]) && uses.Of(block.Instructions[i]) == 0
                    && CopyOf(names, (CallHelperInstruction)block.Instructions[i], memory) is { } copy)
                {
                    block.Instructions.RemoveAt(i);
                    block.Insert(i, copy);
                    changed = true;
                }
                names = Follow(block.Instructions[i], names, memory);
            }
            states[block] = names;
        }
        return changed;
    }

    private static bool IsQuestion(IrInstruction instruction) =>
        instruction is CallHelperInstruction { Helper: HelperId.GetCurrentComm } call && call.Operands[1] is IrConstant;

    private static ImmutableList<FrameTouch> Merge(IEnumerable<ImmutableList<FrameTouch>?> ways)
    {
        ImmutableList<FrameTouch>? merged = null;
        foreach (ImmutableList<FrameTouch>? way in ways)
        {
            if (way is null)
                return [];
            merged = merged is null ? way : merged.RemoveAll(name => !way.Contains(name));
        }
        return merged ?? [];
    }

    // Only calls put a name on the list: what reads one as it stands in the frame is a copy, and that source lives long enough already.
    private static ImmutableList<FrameTouch> Follow(IrInstruction instruction, ImmutableList<FrameTouch> names, FrameMemory memory)
    {
        ReadOnlySpan<FrameTouch> touches = memory.TouchesOf(instruction);
        foreach (FrameTouch touch in touches)
        {
            if (touch.IsWrite && !names.IsEmpty)
                names = Forget(names, touch);
        }
        return IsQuestion(instruction) && touches is [{ Kind: FrameTouchKind.Write } name] ? names.Add(name) : names;
    }

    private static ImmutableList<FrameTouch> Forget(ImmutableList<FrameTouch> names, FrameTouch write) =>
        names.RemoveAll(name => name.Allocation == write.Allocation && name.Offset < write.End && write.Offset < name.End);

    private static CopyMemoryInstruction? CopyOf(ImmutableList<FrameTouch> names, CallHelperInstruction call, FrameMemory memory)
    {
        int size = (int)((IrConstant)call.Operands[1]).Value;
        // Within one allocation the two might overlap.
        StackAllocateInstruction? target = memory.TryGetPlace(call.Operands[0], out FramePlace place) ? place.Allocation : null;
        foreach (FrameTouch name in names.Where(name => name.Size == size && name.Allocation != target))
        {
            int alignment = Math.Min(AlignmentOf(call.Operands[0]), Math.Min(name.Allocation.Alignment, LowestBit(name.Offset)));
            if (alignment >= MinAlignment)
                return new CopyMemoryInstruction(call.Operands[0], 0, name.Allocation, name.Offset, size, alignment) { Span = call.Span };
        }
        return null;
    }

    // What a kernel hands out (map values, ring records, scratch) starts at a multiple of eight.
    private static int AlignmentOf(IrValue pointer)
    {
        long distance = 0;
        while (pointer is OffsetInstruction offset)
        {
            if (offset.Distance is not IrConstant constant)
                return 1;
            distance += constant.Value;
            pointer = offset.Pointer;
        }
        return Math.Min(LowestBit(distance), pointer is StackAllocateInstruction allocation ? allocation.Alignment : 8);
    }

    private static int LowestBit(long offset) => offset % 8 == 0 ? 8 : (int)(offset & -offset);
}
