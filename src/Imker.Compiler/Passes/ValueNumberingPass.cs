using Imker.Bytecode;
using Imker.Compiler.Ir;

namespace Imker.Compiler.Passes;

/// <summary>
/// Computes equal values once: where an instruction without effects repeats one that dominates it, its users take that one. So
/// <c>pid</c> and <c>tid</c> come from one call, and a field of the context is read once.
/// </summary>
/// <remarks>
/// Addresses are left where they are used, and comparisons beside their branch: making them again costs less than a register.
/// </remarks>
public static class ValueNumberingPass
{
    public static bool Run(IrFunction function, PassContext context)
    {
        ArgumentNullException.ThrowIfNull(function);
        var walk = new Walk(function);
        var dominators = new DominatorTree(function);
        var path = new Stack<(IrBlock Block, int Mark, IEnumerator<IrBlock>? Children)>();
        path.Push((function.Entry, 0, null));
        while (path.TryPop(out var step))
        {
            IEnumerator<IrBlock>? children = step.Children;
            if (children is null)
            {
                walk.Enter(step.Block);
                children = dominators.ChildrenOf(step.Block).GetEnumerator();
            }
            if (children.MoveNext())
            {
                path.Push((step.Block, step.Mark, children));
                path.Push((children.Current, walk.Mark, null));
            }
            else
                walk.Leave(step.Mark);
        }
        if (!walk.Replacements.Apply(function))
            return false;
        DeadCodePass.Run(function, context);
        return true;
    }

    private readonly record struct Key(Type Instruction, int Detail, IrType Type, int First, int Second, int Third);

    // Walks the dominator tree: what is known in a block is known in those below it, and forgotten behind them.
    private sealed class Walk(IrFunction function)
    {
        private readonly Dictionary<Key, IrInstruction> available = [];
        private readonly Stack<Key> added = [];
        private readonly Dictionary<IrValue, int> numbers = new(function.CountInstructions());
        private readonly Dictionary<(IrType, long), int> constants = [];
        private readonly bool isContextConstant = ContextMemory.IsConstant(function);

        public Replacements Replacements { get; } = new();

        public int Mark => added.Count;

        public void Enter(IrBlock block)
        {
            foreach (IrInstruction instruction in block.Instructions)
            {
                Replacements.Apply(instruction);
                if (KeyOf(instruction) is not { } key)
                    continue;
                if (available.TryGetValue(key, out IrInstruction? equal))
                    Replacements.Add(instruction, equal);
                else
                {
                    available[key] = instruction;
                    added.Push(key);
                }
            }
        }

        public void Leave(int mark)
        {
            while (added.Count > mark)
                available.Remove(added.Pop());
        }

        private Key? KeyOf(IrInstruction instruction) => instruction switch
        {
            BinaryInstruction i => KeyOf(i, (int)i.Operator, SimplifyRules.IsCommutative(i.Operator)),
            ConvertInstruction i => KeyOf(i, (int)i.Operator),
            SelectInstruction i => KeyOf(i, 0),
            OffsetInstruction { Distance: not IrConstant } i => KeyOf(i, 0),
            CallHelperInstruction { Effects: IrEffects.None, Operands.Length: <= 3 } i => KeyOf(i, (int)i.Helper),
            LoadInstruction i when isContextConstant && ContextMemory.IsInContext(i.Pointer) => KeyOf(i, i.Offset),
            _ => null,
        };

        private Key KeyOf(IrInstruction instruction, int detail, bool isCommutative = false)
        {
            IrValue[] operands = instruction.Operands;
            int first = operands.Length > 0 ? NumberOf(operands[0]) : -1;
            int second = operands.Length > 1 ? NumberOf(operands[1]) : -1;
            if (isCommutative && second < first)
                (first, second) = (second, first);
            return new Key(instruction.GetType(), detail, instruction.Type, first, second, operands.Length > 2 ? NumberOf(operands[2]) : -1);
        }

        private int NumberOf(IrValue value)
        {
            if (value is IrConstant constant)
                return Next(constants, (constant.Type, constant.Value));
            return Next(numbers, value);
        }

        private int Next<T>(Dictionary<T, int> known, T key)
            where T : notnull
        {
            if (!known.TryGetValue(key, out int number))
                known[key] = number = numbers.Count + constants.Count;
            return number;
        }
    }
}
