using Imker.Bytecode;
using Imker.Diagnostics;

namespace Imker.Compiler.Ir;

/// <summary>Writes instructions to the end of a block, as a front end goes through its tree.</summary>
public sealed partial class IrBuilder(IrFunction function)
{
    private readonly Dictionary<(IrTypeKind, long), IrConstant> constants = [];

    // So many allocations the entry begins with, at least.
    private int allocations;

    public IrFunction Function { get; } = function;

    /// <summary>Where instructions go; null behind a terminator, where code is not reachable and nothing may be written.</summary>
    public IrBlock? Current { get; private set; }

    /// <summary>The source that the instructions to come are made from.</summary>
    public SourceSpan Span { get; set; }

    public bool IsReachable => Current is not null;

    public IrBlock NewBlock(string name) => Function.NewBlock(name);

    /// <summary>Goes on writing at the end of a block.</summary>
    public void StartBlock(IrBlock block) => Current = block;

    public IrConstant Constant(IrType type, long value)
    {
        if (!constants.TryGetValue((type.Kind, value), out IrConstant? constant) || constant.Type != type)
            constants[(type.Kind, value)] = constant = new IrConstant(type, value);
        return constant;
    }

    public IrConstant Int64(long value) => Constant(IrType.I64, value);

    public IrConstant Int32(long value) => Constant(IrType.I32, value);

    public IrValue Binary(BinaryOperator op, IrValue left, IrValue right) => Append(new BinaryInstruction(op, left, right));

    public IrValue Add(IrValue left, IrValue right) => Binary(BinaryOperator.Add, left, right);

    public IrValue Subtract(IrValue left, IrValue right) => Binary(BinaryOperator.Subtract, left, right);

    public IrValue And(IrValue left, long mask) => Binary(BinaryOperator.And, left, Constant(left.Type, mask));

    public IrValue ShiftRight(IrValue value, int count) =>
        Binary(BinaryOperator.ShiftRightUnsigned, value, Constant(value.Type, count));

    public IrValue ShiftLeft(IrValue value, int count) => Binary(BinaryOperator.ShiftLeft, value, Constant(value.Type, count));

    public IrValue Compare(CompareOperator op, IrValue left, IrValue right) => Append(new CompareInstruction(op, left, right));

    public IrValue Compare(CompareOperator op, IrValue left, long right) => Compare(op, left, Constant(left.Type, right));

    public IrValue Convert(ConvertOperator op, IrType type, IrValue value) => Append(new ConvertInstruction(op, type, value));

    /// <summary>An integer in another width: extended as the sign says, or cut.</summary>
    public IrValue Resize(IrValue value, IrType type, bool isSigned)
    {
        if (value.Type == type)
            return value;
        if (value.Type.Bits > type.Bits)
            return Convert(ConvertOperator.Truncate, type, value);
        return Convert(isSigned && value.Type.Kind != IrTypeKind.Bool ? ConvertOperator.SignExtend : ConvertOperator.ZeroExtend, type, value);
    }

    public IrValue Select(IrValue condition, IrValue ifTrue, IrValue ifFalse) =>
        Append(new SelectInstruction(condition, ifTrue, ifFalse));

    /// <summary>Memory of the frame; always written into the entry block.</summary>
    public IrValue StackAllocate(int size, int alignment, string name)
    {
        var allocation = new StackAllocateInstruction(size, alignment, name) { Span = Span };
        List<IrInstruction> entry = Function.Entry.Instructions;
        while (allocations < entry.Count && entry[allocations] is StackAllocateInstruction)
            allocations++;
        Function.Entry.Insert(allocations, allocation);
        return allocation;
    }

    public IrValue Load(IrType type, IrValue pointer, int offset = 0) => Append(new LoadInstruction(type, pointer, offset));

    public void Store(IrValue pointer, int offset, IrValue value) => Append(new StoreInstruction(pointer, offset, value));

    public void Zero(IrValue pointer, int offset, int size, int alignment = 8) =>
        Append(new ZeroMemoryInstruction(pointer, offset, size, alignment));

    public void Copy(IrValue target, int targetOffset, IrValue source, int sourceOffset, int size, int alignment = 8) =>
        Append(new CopyMemoryInstruction(target, targetOffset, source, sourceOffset, size, alignment));

    public IrValue Offset(IrValue pointer, IrValue distance) => Append(new OffsetInstruction(pointer, distance));

    public IrValue Offset(IrValue pointer, long distance) => distance == 0 ? pointer : Offset(pointer, Int64(distance));

    public IrValue Atomic(AtomicOperator op, IrValue pointer, int offset, IrValue value) =>
        Append(new AtomicInstruction(op, pointer, offset, value));

    public IrValue MapAddress(string map) => Append(new MapAddressInstruction(map));

    public IrValue GlobalAddress(string map, int offset) => Append(new GlobalAddressInstruction(map, offset));

    public IrValue FunctionAddress(IrFunction callback) => Append(new FunctionAddressInstruction(callback));

    public IrValue Call(HelperId helper, IrType type, params IrValue[] arguments) =>
        Append(new CallHelperInstruction(helper, type, arguments));

    public IrValue Call(IrFunction callee, params IrValue[] arguments) => Append(new CallFunctionInstruction(callee, arguments));

    public IrValue Assume(IrValue value, IrType type) => Append(new AssumeInstruction(value, type));

    public void Jump(IrBlock target) => End(new JumpInstruction(target));

    public void Branch(IrValue condition, IrBlock ifTrue, IrBlock ifFalse, BranchHint hint = BranchHint.None) =>
        End(new BranchInstruction(condition, ifTrue, ifFalse) { Hint = hint });

    public void MayGoto(IrBlock body, IrBlock exit) => End(new MayGotoInstruction(body, exit));

    public void Return(IrValue value) => End(new ReturnInstruction(value));

    private T Append<T>(T instruction)
        where T : IrInstruction
    {
        instruction.Span = Span;
        (Current ?? throw new InvalidOperationException("There is no block to write to: the code before has ended.")).Add(instruction);
        return instruction;
    }

    private void End(TerminatorInstruction terminator)
    {
        terminator.Span = Span;
        (Current ?? throw new InvalidOperationException("The block has ended already.")).SetTerminator(terminator);
        Current = null;
    }
}
