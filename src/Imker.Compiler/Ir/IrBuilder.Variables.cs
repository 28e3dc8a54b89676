using System.Diagnostics.CodeAnalysis;

namespace Imker.Compiler.Ir;

/// <summary>A variable of a front end that lives in registers: reads and writes of it become SSA values.</summary>
public sealed class IrVariable(IrType type, string name)
{
    public IrType Type { get; } = type;

    public string Name { get; } = name;
}

// SSA form is made while the code is written: M. Braun and others, "Simple and Efficient Construction of Static Single
// Assignment Form", CC 2013. A block is sealed when no further edge to it will be added.
public sealed partial class IrBuilder
{
    private readonly Dictionary<(IrBlock, IrVariable), IrValue> definitions = [];
    private readonly Dictionary<IrBlock, List<(IrVariable Variable, PhiInstruction Phi)>> incomplete = [];
    private readonly HashSet<IrBlock> sealedBlocks = [];

    // Phis that turned out to be another value; definitions may still name them.
    private readonly Dictionary<PhiInstruction, IrValue> replaced = [];
    private readonly Dictionary<PhiInstruction, List<PhiInstruction>> phiUsers = [];

    public void Write(IrVariable variable, IrValue value) =>
        definitions[(Current ?? throw new InvalidOperationException("There is no block to write to."), variable)] = value;

    /// <summary>The variable's value here; a variable that was never written is zero.</summary>
    public IrValue Read(IrVariable variable) =>
        Read(variable, Current ?? throw new InvalidOperationException("There is no block to read in."));

    /// <summary>Says that all jumps to the block have been written.</summary>
    public void Seal(IrBlock block)
    {
        if (!sealedBlocks.Add(block))
            return;
        if (incomplete.Remove(block, out var phis))
        {
            foreach ((IrVariable variable, PhiInstruction phi) in phis)
                Complete(variable, [phi]);
        }
    }

    // Scripts of thousands of statements make long chains of blocks and of phis: both are walked by loops.
    private IrValue Read(IrVariable variable, IrBlock block)
    {
        List<PhiInstruction>? made = null;
        IrValue value = Find(variable, block, ref made);
        if (made is not null)
            Complete(variable, made);
        return Resolve(value);
    }

    // The value at a block's end. Where several ways meet it is a phi, which still lacks its operands and is added to those made.
    private IrValue Find(IrVariable variable, IrBlock start, ref List<PhiInstruction>? made)
    {
        IrBlock block = start;
        IrValue value;
        while (true)
        {
            if (definitions.TryGetValue((block, variable), out IrValue? defined))
            {
                value = Resolve(defined);
                break;
            }
            if (!sealedBlocks.Contains(block))
            {
                PhiInstruction phi = NewPhi(variable, block);
                if (!incomplete.TryGetValue(block, out var phis))
                    incomplete[block] = phis = [];
                phis.Add((variable, phi));
                value = phi;
                break;
            }
            if (block.Predecessors.Count == 0)
            {
                value = Constant(variable.Type, 0);
                break;
            }
            if (block.Predecessors.Count > 1)
            {
                PhiInstruction phi = NewPhi(variable, block);
                (made ??= []).Add(phi);
                value = phi;
                break;
            }
            block = block.Predecessors[0];
        }
        definitions[(block, variable)] = value;
        definitions[(start, variable)] = value;
        return value;
    }

    private PhiInstruction NewPhi(IrVariable variable, IrBlock block)
    {
        var phi = new PhiInstruction(variable.Type) { Span = Span };
        block.AddPhi(phi);
        return phi;
    }

    // Gives phis their operands, which may take more phis further up; those are the first to be found trivial.
    private void Complete(IrVariable variable, List<PhiInstruction>? phis)
    {
        for (int i = 0; i < phis!.Count; i++)
        {
            PhiInstruction phi = phis[i];
            IrBlock[] predecessors = [.. phi.Block!.Predecessors];
            phi.SetOperands([.. predecessors.Select(p => Find(variable, p, ref phis))]);
            foreach (PhiInstruction operand in phi.Operands.OfType<PhiInstruction>())
                AddUser(operand, phi);
        }
        for (int i = phis.Count - 1; i >= 0; i--)
            RemoveIfTrivial(phis[i]);
    }

    private void AddUser(PhiInstruction operand, PhiInstruction user)
    {
        if (!phiUsers.TryGetValue(operand, out var users))
            phiUsers[operand] = users = [];
        users.Add(user);
    }

    // A phi of one value and itself is that value, and its users may then be of one value too. Other uses are renamed by Finish.
    private void RemoveIfTrivial(PhiInstruction first)
    {
        var work = new Stack<PhiInstruction>([first]);
        while (work.TryPop(out PhiInstruction? phi))
        {
            if (replaced.ContainsKey(phi) || !IsTrivial(phi, out IrValue? value))
                continue;
            replaced[phi] = value;
            phi.Block!.Phis.Remove(phi);
            if (!phiUsers.Remove(phi, out var users))
                continue;
            foreach (PhiInstruction user in users.Where(u => u != phi))
            {
                if (value is PhiInstruction target)
                    AddUser(target, user);
                work.Push(user);
            }
        }
    }

    private bool IsTrivial(PhiInstruction phi, [NotNullWhen(true)] out IrValue? value)
    {
        value = null;
        foreach (IrValue operand in phi.Operands)
        {
            IrValue resolved = Resolve(operand);
            if (resolved == value || resolved == phi)
                continue;
            if (value is not null)
                return false;
            value = resolved;
        }
        value ??= Constant(phi.Type, 0);
        return true;
    }

    private IrValue Resolve(IrValue value)
    {
        IrValue result = value;
        while (result is PhiInstruction phi && replaced.TryGetValue(phi, out IrValue? other))
            result = other;
        // Each phi on the way now names the result, so that no chain is walked twice.
        while (value is PhiInstruction phi && value != result)
        {
            value = replaced[phi];
            replaced[phi] = result;
        }
        return result;
    }

    /// <summary>Ends the building: renames the uses of phis that turned out to be another value. Every block must be sealed and ended.</summary>
    public void Finish()
    {
        if (incomplete.Count > 0)
            throw new InvalidOperationException($"Block {incomplete.Keys.First()} was not sealed.");
        foreach (IrBlock block in Function.Blocks)
        {
            foreach (PhiInstruction phi in block.Phis)
                Rename(phi);
            foreach (IrInstruction instruction in block.Instructions)
                Rename(instruction);
            Rename(block.Terminator ?? throw new InvalidOperationException($"Block {block} has no end."));
        }
    }

    private void Rename(IrInstruction instruction)
    {
        for (int i = 0; i < instruction.Operands.Length; i++)
            instruction.Operands[i] = Resolve(instruction.Operands[i]);
    }
}
