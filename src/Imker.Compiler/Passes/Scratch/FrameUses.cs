using Imker.Bytecode;
using Imker.Compiler.Ir;

namespace Imker.Compiler.Passes;

/// <summary>Where an allocation of the frame is used, through its own address or one made from it.</summary>
internal sealed class FrameUses
{
    private FrameUses()
    {
    }

    /// <summary>The blocks that use it, each with the indices of its first and last use; the number of instructions stands for the end.</summary>
    public Dictionary<IrBlock, (int First, int Last)> Places { get; } = [];

    /// <summary>Its address stands in memory: who reads it there may use it at any time.</summary>
    public bool IsEscaping { get; private set; }

    /// <summary>It must be memory of the stack: the kernel wants it so, or pointers are kept in it.</summary>
    public bool NeedsStack { get; private set; }

    /// <summary>Finds the uses of all allocations of a function.</summary>
    public static Dictionary<StackAllocateInstruction, FrameUses> Find(IrFunction function)
    {
        Dictionary<IrValue, List<IrInstruction>> uses = function.Uses();
        var places = new Dictionary<IrInstruction, int>(function.CountInstructions());
        foreach (IrBlock block in function.Blocks)
        {
            for (int i = 0; i < block.Instructions.Count; i++)
                places[block.Instructions[i]] = i;
        }
        var found = new Dictionary<StackAllocateInstruction, FrameUses>();
        foreach (StackAllocateInstruction allocation in FrameBudget.AllocationsOf(function))
        {
            var of = new FrameUses();
            of.Follow(allocation, uses, places);
            found[allocation] = of;
        }
        return found;
    }

    public void UnionWith(FrameUses other)
    {
        foreach ((IrBlock block, (int first, int last)) in other.Places)
        {
            AddPlace(block, first);
            AddPlace(block, last);
        }
        IsEscaping |= other.IsEscaping;
    }

    private void Follow(IrInstruction allocation, Dictionary<IrValue, List<IrInstruction>> uses, Dictionary<IrInstruction, int> places)
    {
        var derived = new HashSet<IrInstruction> { allocation };
        var work = new Stack<IrInstruction>(derived);
        while (work.TryPop(out IrInstruction? pointer))
        {
            foreach (IrInstruction user in uses.GetValueOrDefault(pointer) ?? [])
            {
                AddUse(user, pointer, places);
                if (user.Type.IsPointer && user is OffsetInstruction or PhiInstruction or SelectInstruction or AssumeInstruction && derived.Add(user))
                    work.Push(user);
            }
        }
    }

    private void AddUse(IrInstruction user, IrInstruction pointer, Dictionary<IrInstruction, int> places)
    {
        switch (user)
        {
            case PhiInstruction phi:
                for (int i = 0; i < phi.Operands.Length; i++)
                {
                    if (phi.Operands[i] == pointer)
                        AddPlace(phi.Block!.Predecessors[i], phi.Block.Predecessors[i].Instructions.Count);
                }
                AddPlace(phi.Block!, 0);
                return;
            case StoreInstruction store:
                IsEscaping |= store.Value == pointer;
                NeedsStack |= store.Pointer == pointer && store.Value.Type.IsPointer;
                break;
            case CallHelperInstruction call:
                NeedsStack |= MustBeStack(call, pointer);
                break;
        }
        AddPlace(user.Block!, user.IsTerminator ? user.Block!.Instructions.Count : places[user]);
    }

    private static bool MustBeStack(CallHelperInstruction call, IrInstruction pointer) =>
        HelperTable.Get(call.Helper).Arguments.Zip(call.Operands).Any(pair =>
            pair.Second == pointer && pair.First.Kind is HelperArgumentKind.CallbackContext or HelperArgumentKind.Dynptr);

    private void AddPlace(IrBlock block, int index) => Places[block] = Places.TryGetValue(block, out (int First, int Last) place)
        ? (Math.Min(place.First, index), Math.Max(place.Last, index))
        : (index, index);
}
