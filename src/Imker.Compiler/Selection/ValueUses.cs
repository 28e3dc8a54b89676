using Imker.Compiler.Ir;

namespace Imker.Compiler.Selection;

/// <summary>
/// Which instructions a function needs at all, and how many uses need their value in a register: what is folded into its users
/// gets none.
/// </summary>
internal sealed class ValueUses
{
    private readonly Dictionary<IrValue, int> inRegister = [];
    private readonly Dictionary<IrValue, int> all = [];
    private readonly Dictionary<IrValue, int> lowPart = [];
    private readonly Dictionary<LoadInstruction, ConvertInstruction> extensions = [];
    private readonly HashSet<IrInstruction> needed = [];
    private readonly Stack<IrInstruction> pending = [];

    private ValueUses()
    {
    }

    public static ValueUses Of(IEnumerable<IrBlock> blocks)
    {
        var uses = new ValueUses();
        foreach (IrBlock block in blocks)
        {
            foreach (IrInstruction instruction in block.Phis.Concat(block.Instructions))
                uses.Enter(instruction);
            uses.Enter(block.Terminator!);
        }
        while (uses.pending.TryPop(out IrInstruction? instruction))
            uses.Mark(instruction);
        return uses;
    }

    /// <summary>The instruction becomes code.</summary>
    public bool IsNeeded(IrInstruction instruction) => needed.Contains(instruction);

    /// <summary>Uses that need the value in a register.</summary>
    public int InRegister(IrValue value) => inRegister.GetValueOrDefault(value);

    /// <summary>The only use of a load when that extends the sign to 64 bits: the load can do it.</summary>
    public ConvertInstruction? Extension(LoadInstruction load) =>
        All(load) == 1 && extensions.TryGetValue(load, out ConvertInstruction? extension) && IsNeeded(extension) ? extension : null;

    /// <summary>Uses of any kind, also those by code that is not needed.</summary>
    public int All(IrValue value) => all.GetValueOrDefault(value);

    /// <summary>The bit test that a comparison of <c>x &amp; mask</c> with zero is, when nothing else needs the conjunction.</summary>
    public BinaryInstruction? BitTest(CompareInstruction compare) =>
        compare.Operator is CompareOperator.Equal or CompareOperator.NotEqual
        && Operands.Resolve(compare.Right) is IrConstant { Value: 0 }
        && compare.Left is BinaryInstruction { Operator: BinaryOperator.And } and && All(and) == 1
            ? and
            : null;

    /// <summary>The address of global data is put where it is moved to; kept in a register only when there are further uses.</summary>
    public bool IsMadeWhereMoved(GlobalAddressInstruction global) => All(global) == 1;

    /// <summary>
    /// A cut to fewer bits that does not matter: all users read only these bits, and leave alone what is above them in a register.
    /// </summary>
    public bool IsLowPartOnly(ConvertInstruction cut) => lowPart.GetValueOrDefault(cut) == All(cut);

    /// <summary>The value to be read by an instruction that takes only the low bits of the operand's register.</summary>
    public IrValue LowPart(IrValue operand)
    {
        IrValue value = Operands.Resolve(operand);
        while (value is ConvertInstruction { Operator: ConvertOperator.Truncate } cut && IsLowPartOnly(cut))
            value = Operands.Resolve(cut.Value);
        return value;
    }

    /// <summary>What a comparison reads of an operand.</summary>
    public IrValue Tested(IrValue operand) => operand.Type.Kind == IrTypeKind.I32 ? LowPart(operand) : Operands.Resolve(operand);

    /// <summary>Only the low bits of its operands decide what the instruction does.</summary>
    private static bool ReadsLowPart(IrInstruction user, IrValue operand) => user switch
    {
        BinaryInstruction binary => binary.Type.Kind == IrTypeKind.I32,
        CompareInstruction compare => compare.Left.Type.Kind == IrTypeKind.I32,
        StoreInstruction store => operand == store.Value && operand != store.Pointer,
        ConvertInstruction convert => convert.Operator is ConvertOperator.Truncate or ConvertOperator.SignExtend or ConvertOperator.ByteSwap,
        _ => false,
    };

    private void Enter(IrInstruction instruction)
    {
        if (instruction is ConvertInstruction { Operator: ConvertOperator.SignExtend, Type.Bits: 64, Value: LoadInstruction { Type.Bits: > 1 } load } extension)
            extensions[load] = extension;
        foreach (IrValue operand in instruction.Operands)
        {
            all[operand] = All(operand) + 1;
            if (operand is ConvertInstruction && ReadsLowPart(instruction, operand))
                lowPart[operand] = lowPart.GetValueOrDefault(operand) + 1;
        }
        if ((instruction.Effects & (IrEffects.WritesMemory | IrEffects.Other)) != 0 && needed.Add(instruction))
            pending.Push(instruction);
    }

    private void Mark(IrInstruction instruction)
    {
        switch (instruction)
        {
            case LoadInstruction load:
                UseAddress(load.Pointer);
                break;
            case StoreInstruction store:
                UseAddress(store.Pointer);
                Use(LowPart(store.Value));
                break;
            case ZeroMemoryInstruction zero:
                UseAddress(zero.Pointer);
                break;
            case CopyMemoryInstruction copy:
                UseAddress(copy.Target);
                UseAddress(copy.Source);
                break;
            case AtomicInstruction atomic:
                UseAddress(atomic.Pointer);
                Use(atomic.Value);
                break;
            case BinaryInstruction { Type.Kind: IrTypeKind.I32 } or ConvertInstruction:
                foreach (IrValue operand in instruction.Operands)
                    Use(LowPart(operand));
                break;
            case OffsetInstruction offset:
                UseMoved(offset.Pointer);
                Use(offset.Distance);
                break;
            case BranchInstruction branch:
                UseCondition(branch.Condition);
                break;
            case SelectInstruction select:
                UseCondition(select.Operands[0]);
                UseMoved(select.Operands[1]);
                UseMoved(select.Operands[2]);
                break;
            case CompareInstruction compare:
                UseCondition(compare);
                break;
            case PhiInstruction or CallHelperInstruction or CallFunctionInstruction or ReturnInstruction:
                foreach (IrValue operand in instruction.Operands)
                    UseMoved(operand);
                break;
            default:
                foreach (IrValue operand in instruction.Operands)
                    Use(operand);
                break;
        }
    }

    private void Use(IrValue operand)
    {
        IrValue value = Operands.Resolve(operand);
        if (Operands.IsMadeAtUse(value))
            return;
        inRegister[value] = InRegister(value) + 1;
        if (value is IrInstruction instruction && needed.Add(instruction))
            pending.Push(instruction);
    }

    private void UseAddress(IrValue pointer) => Use(Operands.StripOffsets(pointer, out _));

    private void UseMoved(IrValue operand)
    {
        IrValue value = Operands.StripOffsets(operand, out _);
        if (value is not GlobalAddressInstruction global || !IsMadeWhereMoved(global))
            Use(value);
    }

    private void UseCondition(IrValue condition)
    {
        if (Operands.StripNegations(condition, out _) is not CompareInstruction compare)
        {
            Use(Operands.StripNegations(condition, out _));
            return;
        }
        BinaryInstruction? and = BitTest(compare);
        foreach (IrValue operand in and?.Operands ?? compare.Operands)
            Use(Tested(operand));
    }
}
