using Imker.Bytecode;

namespace Imker.Compiler.Ir;

public enum BinaryOperator : byte
{
    Add,
    Subtract,
    Multiply,

    /// <summary>Unsigned; by zero gives 0, as the processor does (RFC 9669, section 4.1).</summary>
    DivideUnsigned,

    /// <summary>Signed, rounds to zero; by zero gives 0.</summary>
    DivideSigned,

    /// <summary>Unsigned; by zero gives the dividend.</summary>
    ModuloUnsigned,

    /// <summary>Signed, the sign of the dividend; by zero gives the dividend.</summary>
    ModuloSigned,
    And,
    Or,
    Xor,

    /// <summary>Shift counts are taken modulo the width.</summary>
    ShiftLeft,
    ShiftRightUnsigned,
    ShiftRightSigned,
}

/// <summary>Arithmetic on two integers of the same type, I32 or I64.</summary>
public sealed class BinaryInstruction(BinaryOperator op, IrValue left, IrValue right) : IrInstruction(left.Type, left, right)
{
    public BinaryOperator Operator { get; } = op;

    public IrValue Left => Operands[0];

    public IrValue Right => Operands[1];
}

public enum CompareOperator : byte
{
    Equal,
    NotEqual,
    LessUnsigned,
    LessOrEqualUnsigned,
    GreaterUnsigned,
    GreaterOrEqualUnsigned,
    LessSigned,
    LessOrEqualSigned,
    GreaterSigned,
    GreaterOrEqualSigned,
}

/// <summary>Compares two integers of the same type, or a pointer with null (equal, not equal). Signed comparisons take I32 and I64.</summary>
public sealed class CompareInstruction(CompareOperator op, IrValue left, IrValue right) : IrInstruction(IrType.Bool, left, right)
{
    public CompareOperator Operator { get; } = op;

    public IrValue Left => Operands[0];

    public IrValue Right => Operands[1];
}

public enum ConvertOperator : byte
{
    ZeroExtend,
    SignExtend,
    Truncate,

    /// <summary>The number of a pointer; verifiers of the unprivileged refuse it.</summary>
    PointerToInteger,

    /// <summary>Bytes in reverse order; I16, I32, I64 to the same type.</summary>
    ByteSwap,
}

public sealed class ConvertInstruction(ConvertOperator op, IrType type, IrValue value) : IrInstruction(type, value)
{
    public ConvertOperator Operator { get; } = op;

    public IrValue Value => Operands[0];
}

/// <summary>One of two values by a condition.</summary>
public sealed class SelectInstruction(IrValue condition, IrValue ifTrue, IrValue ifFalse)
    : IrInstruction(ifTrue.Type, condition, ifTrue, ifFalse)
{
    public IrValue Condition => Operands[0];

    public IrValue IfTrue => Operands[1];

    public IrValue IfFalse => Operands[2];
}

/// <summary>The value of the edge that was taken; operands stand in the order of the block's predecessors.</summary>
public sealed class PhiInstruction : IrInstruction
{
    public PhiInstruction(IrType type)
        : base(type)
    {
    }

    public void SetOperands(params IrValue[] operands) => Operands = operands;
}

/// <summary>
/// Memory of the function's frame: its address. Not zeroed. Stands in the entry block. Where the frame grows over what the
/// stack holds, a pass moves the largest into a scratch buffer.
/// </summary>
public sealed class StackAllocateInstruction(int size, int alignment, string name)
    : IrInstruction(IrType.Pointer(Provenance.Stack))
{
    /// <summary>Bytes.</summary>
    public int Size { get; } = size;

    public int Alignment { get; } = alignment;

    public string Name { get; } = name;

    public override IrEffects Effects => IrEffects.Pinned;
}

/// <summary>Reads an integer or pointer at a constant distance from a pointer.</summary>
public sealed class LoadInstruction(IrType type, IrValue pointer, int offset) : IrInstruction(type, pointer)
{
    public IrValue Pointer => Operands[0];

    public int Offset { get; } = offset;

    public override IrEffects Effects => IrEffects.ReadsMemory;
}

/// <summary>Writes a value at a constant distance from a pointer; its type says how many bytes.</summary>
public sealed class StoreInstruction(IrValue pointer, int offset, IrValue value) : IrInstruction(IrType.Void, pointer, value)
{
    public IrValue Pointer => Operands[0];

    public IrValue Value => Operands[1];

    public int Offset { get; } = offset;

    public override IrEffects Effects => IrEffects.WritesMemory;
}

/// <summary>Sets bytes behind a pointer to zero. Size is constant; alignment of the pointer is 8 unless it says otherwise.</summary>
public sealed class ZeroMemoryInstruction(IrValue pointer, int offset, int size, int alignment = 8) : IrInstruction(IrType.Void, pointer)
{
    public IrValue Pointer => Operands[0];

    public int Offset { get; } = offset;

    public int Size { get; } = size;

    public int Alignment { get; } = alignment;

    public override IrEffects Effects => IrEffects.WritesMemory;
}

/// <summary>Copies a constant number of bytes between places that do not overlap.</summary>
public sealed class CopyMemoryInstruction(
    IrValue target, int targetOffset, IrValue source, int sourceOffset, int size, int alignment = 8)
    : IrInstruction(IrType.Void, target, source)
{
    public IrValue Target => Operands[0];

    public IrValue Source => Operands[1];

    public int TargetOffset { get; } = targetOffset;

    public int SourceOffset { get; } = sourceOffset;

    public int Size { get; } = size;

    public int Alignment { get; } = alignment;

    public override IrEffects Effects => IrEffects.ReadsMemory | IrEffects.WritesMemory;
}

/// <summary>A pointer moved by a number of bytes, whose bounds the verifier must be able to see.</summary>
public sealed class OffsetInstruction(IrValue pointer, IrValue distance) : IrInstruction(pointer.Type, pointer, distance)
{
    public IrValue Pointer => Operands[0];

    /// <summary>I64.</summary>
    public IrValue Distance => Operands[1];
}

public enum AtomicOperator : byte
{
    Add,
    Or,
    And,
    Xor,
    Exchange,
}

/// <summary>
/// Reads, changes and writes memory as one. Gives the old value; when nothing uses it the form without is emitted, which
/// every kernel has (add) or those with fetching atomics (the others).
/// </summary>
public sealed class AtomicInstruction(AtomicOperator op, IrValue pointer, int offset, IrValue value)
    : IrInstruction(value.Type, pointer, value)
{
    public AtomicOperator Operator { get; } = op;

    public IrValue Pointer => Operands[0];

    public IrValue Value => Operands[1];

    public int Offset { get; } = offset;

    public override IrEffects Effects => IrEffects.ReadsMemory | IrEffects.WritesMemory | IrEffects.Other;
}

/// <summary>A map, to be handed to helpers.</summary>
public sealed class MapAddressInstruction(string map) : IrInstruction(IrType.Pointer(Provenance.Map))
{
    public string Map { get; } = map;
}

/// <summary>An address in a section of global data.</summary>
public sealed class GlobalAddressInstruction(string map, int offset) : IrInstruction(IrType.Pointer(Provenance.Global))
{
    public string Map { get; } = map;

    /// <summary>Bytes from the start of the section.</summary>
    public int Offset { get; } = offset;
}

/// <summary>A function, to be handed to helpers as callback.</summary>
public sealed class FunctionAddressInstruction(IrFunction function) : IrInstruction(IrType.Pointer(Provenance.Function))
{
    public IrFunction Function { get; } = function;
}

/// <summary>Calls a helper of the kernel with at most five arguments.</summary>
public sealed class CallHelperInstruction(HelperId helper, IrType type, params IrValue[] arguments) : IrInstruction(type, arguments)
{
    public HelperId Helper { get; } = helper;

    public override IrEffects Effects => HelperEffects.Of(Helper);
}

/// <summary>Calls a function of the module.</summary>
public sealed class CallFunctionInstruction(IrFunction function, params IrValue[] arguments) : IrInstruction(function.ReturnType, arguments)
{
    public IrFunction Function { get; } = function;

    public override IrEffects Effects => IrEffects.ReadsMemory | IrEffects.WritesMemory | IrEffects.Other;
}

/// <summary>
/// The same value with what a branch before it proved: a pointer that is not null, an integer no greater than a maximum. No
/// pass moves it out of its block, so that uses stay behind the check. It becomes no code.
/// </summary>
public sealed class AssumeInstruction(IrValue value, IrType type) : IrInstruction(type, value)
{
    public IrValue Value => Operands[0];

    public override IrEffects Effects => IrEffects.Pinned;
}
