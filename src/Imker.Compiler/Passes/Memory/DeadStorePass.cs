using System.Collections;
using Imker.Compiler.Ir;

namespace Imker.Compiler.Passes;

/// <summary>
/// Removes writes to the frame that nobody reads before the bytes are written again or the function ends, and cuts zeroing to
/// the bytes that are not written anyway.
/// </summary>
public static class DeadStorePass
{
    // Larger memory does not stay on the stack, and is written by helpers and not by stores.
    private const int MaxSize = StackBudget.Total;

    public static bool Run(IrFunction function, PassContext context)
    {
        ArgumentNullException.ThrowIfNull(function);
        var memory = new FrameMemory(function);
        Dictionary<IrBlock, List<StackAllocateInstruction>> lastBlocks = FindLastBlocks(function, memory);
        bool changed = false;
        foreach (IrBlock block in function.Blocks)
            changed |= Sweep(block, memory, lastBlocks.GetValueOrDefault(block, []));
        return changed;
    }

    // Behind the last block that uses an allocation, in no loop, its bytes are dead.
    private static Dictionary<IrBlock, List<StackAllocateInstruction>> FindLastBlocks(IrFunction function, FrameMemory memory)
    {
        var order = new ReversePostorder(function);
        var loops = new LoopNest(new DominatorTree(order));
        var last = new Dictionary<StackAllocateInstruction, (IrBlock Block, bool IsLooped)>();
        foreach (IrBlock block in order.Blocks)
        {
            foreach (IrInstruction instruction in block.Instructions)
            {
                foreach (FrameTouch touch in memory.TouchesOf(instruction))
                {
                    bool wasLooped = last.TryGetValue(touch.Allocation, out var before) && before.IsLooped;
                    last[touch.Allocation] = (block, wasLooped || loops.LoopOf(block) is not null);
                }
            }
        }
        return last.Where(e => !e.Value.IsLooped).GroupBy(e => e.Value.Block, e => e.Key).ToDictionary(g => g.Key, g => g.ToList());
    }

    // From the end to the start; a byte is dead when it is written, or nothing comes, before it is read.
    private static bool Sweep(IrBlock block, FrameMemory memory, List<StackAllocateInstruction> endingHere)
    {
        var dead = new Dictionary<StackAllocateInstruction, BitArray>();
        foreach (StackAllocateInstruction allocation in endingHere.Where(a => a.Size <= MaxSize))
            dead[allocation] = new BitArray(allocation.Size, true);
        bool changed = false;
        for (int i = block.Instructions.Count - 1; i >= 0; i--)
        {
            IrInstruction instruction = block.Instructions[i];
            ReadOnlySpan<FrameTouch> touches = memory.TouchesOf(instruction);
            if (instruction is StoreInstruction or ZeroMemoryInstruction or CopyMemoryInstruction && touches is [.., { Kind: FrameTouchKind.Write } written]
                && dead.TryGetValue(written.Allocation, out BitArray? bytes))
            {
                List<(int Start, int End)> alive = RunsOfAlive(written, bytes);
                if (alive.Count == 0)
                {
                    block.Instructions.RemoveAt(i);
                    changed = true;
                    continue;
                }
                if (instruction is ZeroMemoryInstruction zero)
                    changed |= Cut(block, i, zero, written, alive);
            }
            for (int touch = touches.Length - 1; touch >= 0; touch--)
                Mark(touches[touch], dead);
        }
        return changed;
    }

    private static void Mark(FrameTouch touch, Dictionary<StackAllocateInstruction, BitArray> dead)
    {
        if (touch.Kind == FrameTouchKind.MayWrite || touch.Allocation.Size > MaxSize)
            return;
        if (!dead.TryGetValue(touch.Allocation, out BitArray? bytes))
            dead[touch.Allocation] = bytes = new BitArray(touch.Allocation.Size);
        for (int i = touch.Offset; i < touch.End; i++)
            bytes[i] = touch.Kind == FrameTouchKind.Write;
    }

    private static List<(int Start, int End)> RunsOfAlive(FrameTouch touch, BitArray dead)
    {
        var runs = new List<(int Start, int End)>();
        for (int i = touch.Offset; i < touch.End; i++)
        {
            if (dead[i])
                continue;
            if (runs.Count > 0 && runs[^1].End == i)
                runs[^1] = (runs[^1].Start, i + 1);
            else
                runs.Add((i, i + 1));
        }
        return runs;
    }

    // Only where it takes fewer stores.
    private static bool Cut(IrBlock block, int index, ZeroMemoryInstruction zero, FrameTouch written, List<(int Start, int End)> alive)
    {
        int before = Stores(written.Offset, written.End, zero.Alignment), after = alive.Sum(run => Stores(run.Start, run.End, zero.Alignment));
        if (after >= before)
            return false;
        block.Instructions.RemoveAt(index);
        foreach ((int start, int end) in alive)
            block.Insert(index++, new ZeroMemoryInstruction(zero.Pointer, zero.Offset + start - written.Offset, end - start, zero.Alignment) { Span = zero.Span });
        return true;
    }

    // Stores of the widest power of two that stands on its own multiple.
    private static int Stores(int start, int end, int alignment)
    {
        int count = 0;
        while (start < end)
        {
            int width = Math.Min(alignment, sizeof(long));
            while (start % width != 0 || start + width > end)
                width /= 2;
            start += width;
            count++;
        }
        return count;
    }
}
