using Imker.Diagnostics;

namespace Imker.Compiler.Ir;

/// <summary>Whatever an instruction can use: constants, parameters, results.</summary>
public abstract class IrValue(IrType type)
{
    public IrType Type { get; } = type;
}

/// <summary>An integer known at compile time, or the null pointer. Held truncated to its type and zero-extended.</summary>
public sealed class IrConstant : IrValue
{
    public IrConstant(IrType type, long value)
        : base(type) => Value = type.Bits >= 64 ? value : value & ((1L << type.Bits) - 1);

    public long Value { get; }

    /// <summary>The value read as a signed integer of its type.</summary>
    public long SignedValue => Type.Bits switch
    {
        8 => (sbyte)Value,
        16 => (short)Value,
        32 => (int)Value,
        _ => Value,
    };

    public override string ToString() => $"{Type} {SignedValue}";
}

/// <summary>A function's parameter: r1 to r5 at entry.</summary>
public sealed class IrParameter(IrType type, string name, int index) : IrValue(type)
{
    public string Name { get; } = name;

    public int Index { get; } = index;
}

/// <summary>
/// A step of a function. Its result, if it has one, is the instruction itself. Instructions stand in exactly one block.
/// </summary>
public abstract class IrInstruction : IrValue
{
    protected IrInstruction(IrType type, params IrValue[] operands)
        : base(type) => Operands = operands;

    /// <summary>The block that it stands in; set when it is put there.</summary>
    public IrBlock? Block { get; internal set; }

    /// <summary>What it uses. Passes replace elements, never the array's length (but for phis and calls they make anew).</summary>
    public IrValue[] Operands { get; protected set; }

    /// <summary>The source that it was made from.</summary>
    public SourceSpan Span { get; set; }

    /// <summary>What it does besides giving a result.</summary>
    public virtual IrEffects Effects => IrEffects.None;

    /// <summary>Ends a block.</summary>
    public virtual bool IsTerminator => false;
}

[Flags]
public enum IrEffects
{
    /// <summary>A pure value: may be dropped, moved, shared.</summary>
    None = 0,
    ReadsMemory = 1,
    WritesMemory = 2,

    /// <summary>Must happen exactly as often, and in the order, that it is written.</summary>
    Other = 4,

    /// <summary>Stands where it stands: depends on the branch taken before it.</summary>
    Pinned = 8,
}
