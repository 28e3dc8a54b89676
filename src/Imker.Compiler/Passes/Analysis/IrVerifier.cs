using Imker.Compiler.Ir;

namespace Imker.Compiler.Passes;

/// <summary>
/// Finds what no correct front end or pass leaves behind: edges and predecessors that disagree, uses that their definition does
/// not dominate, operands of the wrong type. For tests and debugging: what it finds is a bug of the compiler.
/// </summary>
public sealed class IrVerifier
{
    private readonly IrFunction function;
    private readonly HashSet<IrBlock> blocks;
    private readonly Dictionary<IrInstruction, int> places = [];
    private readonly List<string> problems = [];

    // Made when the edges are known to be right.
    private readonly Lazy<DominatorTree> dominatorTree;

    private IrVerifier(IrFunction function)
    {
        this.function = function;
        blocks = [.. function.Blocks];
        dominatorTree = new(() => new DominatorTree(function));
    }

    private DominatorTree Dominators => dominatorTree.Value;

    /// <summary>What is wrong with a function; empty when nothing is.</summary>
    public static IReadOnlyList<string> Check(IrFunction function)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (function.Blocks.Count == 0)
            return [$"{function.Name}: no blocks"];
        if (function.Blocks.FirstOrDefault(b => b.Terminator is null) is { } open)
            return [$"{function.Name}: block {open} has no end"];
        var verifier = new IrVerifier(function);
        foreach (IrBlock block in function.Blocks)
            verifier.CheckShape(block);
        if (verifier.problems.Count == 0)
        {
            foreach (IrBlock block in function.Blocks)
                verifier.CheckValues(block);
        }
        return verifier.problems;
    }

    private void CheckShape(IrBlock block)
    {
        foreach (IrBlock target in block.Successors.Distinct())
        {
            if (!blocks.Contains(target))
                Report(block, $"goes to {target}, which is not in the function");
            else if (target.Predecessors.Count(p => p == block) != block.Successors.Count(s => s == target))
                Report(block, $"the edges to {target} are not what it holds as predecessors");
        }
        foreach (IrBlock predecessor in block.Predecessors)
        {
            if (!blocks.Contains(predecessor) || !predecessor.Successors.Contains(block))
                Report(block, $"{predecessor} is a predecessor but does not go here");
        }
        if (block == function.Entry && block.Predecessors.Count > 0)
            Report(block, "the entry has predecessors");
        int place = 0;
        foreach (IrInstruction instruction in All(block))
        {
            if (instruction.Block != block)
                Report(block, $"{Describe(instruction)} thinks that it stands in {instruction.Block?.Name ?? "no block"}");
            if (!places.TryAdd(instruction, place++))
                Report(block, $"{Describe(instruction)} stands in the function twice");
        }
    }

    private void CheckValues(IrBlock block)
    {
        bool isReachable = Dominators.IsReachable(block);
        foreach (PhiInstruction phi in block.Phis)
            CheckPhi(block, phi);
        foreach (IrInstruction instruction in All(block).Where(i => i is not PhiInstruction))
        {
            if (isReachable)
            {
                foreach (IrValue operand in instruction.Operands)
                    CheckUse(block, instruction, operand);
            }
            if (IrTypeRules.Problem(instruction, function) is { } problem)
                Report(block, $"{Describe(instruction)}: {problem}");
        }
    }

    private void CheckPhi(IrBlock block, PhiInstruction phi)
    {
        if (phi.Operands.Length != block.Predecessors.Count)
        {
            Report(block, $"a phi has {phi.Operands.Length} operands for {block.Predecessors.Count} predecessors");
            return;
        }
        for (int i = 0; i < phi.Operands.Length; i++)
        {
            IrValue operand = phi.Operands[i];
            if (operand.Type.Kind != phi.Type.Kind)
                Report(block, $"a phi of {phi.Type} gets {operand.Type} from {block.Predecessors[i]}");
            if (operand is IrInstruction definition && Dominators.IsReachable(block.Predecessors[i])
                && !(places.ContainsKey(definition) && Dominators.Dominates(definition.Block!, block.Predecessors[i])))
                Report(block, $"the phi operand from {block.Predecessors[i]}, {Describe(definition)}, is not defined there");
        }
    }

    private void CheckUse(IrBlock block, IrInstruction user, IrValue operand)
    {
        if (operand is IrParameter parameter && !function.Parameters.Contains(parameter))
            Report(block, $"{Describe(user)} uses the parameter {parameter.Name} of another function");
        if (operand is not IrInstruction definition)
            return;
        bool isDefined = places.TryGetValue(definition, out int place)
            && (definition.Block == block ? place < places[user] : Dominators.Dominates(definition.Block!, block));
        if (!isDefined)
            Report(block, $"{Describe(user)} uses {Describe(definition)}, which is not defined there");
    }

    private static IEnumerable<IrInstruction> All(IrBlock block) =>
        block.Phis.Concat(block.Instructions).Append(block.Terminator!);

    private static string Describe(IrInstruction instruction) =>
        $"{instruction.GetType().Name} of {instruction.Type} in {instruction.Block?.Name ?? "no block"}";

    private void Report(IrBlock block, string problem) => problems.Add($"{function.Name}, {block}: {problem}");
}
