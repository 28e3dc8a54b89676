using Imker.Compiler.Ir;

namespace Imker.Compiler.Passes;

/// <summary>Gives loads from the frame the value that was stored there, or loaded before.</summary>
public static class LoadForwardingPass
{
    public static bool Run(IrFunction function, PassContext context)
    {
        ArgumentNullException.ThrowIfNull(function);
        var memory = new FrameMemory(function);
        if (memory.Allocations.Count == 0)
            return false;
        var order = new ReversePostorder(function);
        var states = new Dictionary<IrBlock, FrameContents>(function.Blocks.Count);
        var replacements = new Replacements();
        foreach (IrBlock block in order.Blocks)
        {
            var contents = FrameContents.Merge(block.Predecessors.Select(p => states.GetValueOrDefault(p)));
            foreach (IrInstruction instruction in block.Instructions)
            {
                replacements.Apply(instruction);
                contents = Follow(instruction, contents, memory, replacements);
            }
            states[block] = contents;
        }
        if (!replacements.Apply(function))
            return false;
        DeadCodePass.Run(function, context);
        return true;
    }

    private static FrameContents Follow(IrInstruction instruction, FrameContents contents, FrameMemory memory, Replacements replacements)
    {
        ReadOnlySpan<FrameTouch> touches = memory.TouchesOf(instruction);
        if (instruction is LoadInstruction load && touches is [var read] && memory.TryGetPlace(load.Pointer, out FramePlace place) && place.Offset is not null)
        {
            if (contents.Find(read, load.Type) is not { } value)
                return contents.With(read, load);
            replacements.Add(load, value);
            return contents;
        }
        foreach (FrameTouch touch in touches)
        {
            if (touch.IsWrite)
                contents = contents.Without(touch);
        }
        if (touches is not [{ Kind: FrameTouchKind.Write } whole])
            return contents;
        return instruction switch
        {
            StoreInstruction store => contents.With(whole, store.Value),
            ZeroMemoryInstruction => contents.With(whole, null),
            _ => contents,
        };
    }
}
