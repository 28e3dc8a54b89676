namespace Imker.Compiler.Ir;

public enum IrTypeKind : byte
{
    Void,

    /// <summary>0 or 1: what comparisons give.</summary>
    Bool,
    I8,
    I16,
    I32,
    I64,
    Pointer,
}

/// <summary>
/// The type of a value in a register. Integers carry no sign: operations do. A value narrower than 64 bits is held zero-extended.
/// </summary>
/// <param name="Kind">Integer width or pointer.</param>
/// <param name="Provenance">What a pointer points into; <see cref="Provenance.None"/> for integers.</param>
/// <param name="IsNullable">A pointer that must be compared with null before use.</param>
public readonly record struct IrType(IrTypeKind Kind, Provenance Provenance = Provenance.None, bool IsNullable = false)
{
    public static IrType Void => new(IrTypeKind.Void);
    public static IrType Bool => new(IrTypeKind.Bool);
    public static IrType I8 => new(IrTypeKind.I8);
    public static IrType I16 => new(IrTypeKind.I16);
    public static IrType I32 => new(IrTypeKind.I32);
    public static IrType I64 => new(IrTypeKind.I64);

    public static IrType Pointer(Provenance provenance, bool isNullable = false) => new(IrTypeKind.Pointer, provenance, isNullable);

    public bool IsPointer => Kind == IrTypeKind.Pointer;

    public bool IsInteger => Kind is >= IrTypeKind.Bool and <= IrTypeKind.I64;

    /// <summary>Bytes in memory; 0 for void.</summary>
    public int Size => Kind switch
    {
        IrTypeKind.Void => 0,
        IrTypeKind.Bool or IrTypeKind.I8 => 1,
        IrTypeKind.I16 => 2,
        IrTypeKind.I32 => 4,
        _ => 8,
    };

    public int Bits => Kind == IrTypeKind.Bool ? 1 : Size * 8;

    public static IrType Integer(int bytes) => bytes switch
    {
        1 => I8,
        2 => I16,
        4 => I32,
        8 => I64,
        _ => throw new ArgumentOutOfRangeException(nameof(bytes), bytes, "An integer has 1, 2, 4 or 8 bytes."),
    };

    public override string ToString() => Kind switch
    {
        IrTypeKind.Pointer => $"ptr.{Provenance.ToString().ToLowerInvariant()}{(IsNullable ? "?" : "")}",
        _ => Kind.ToString().ToLowerInvariant(),
    };
}

/// <summary>What a pointer points into. It decides how memory behind it may be reached, and what may alias it.</summary>
public enum Provenance : byte
{
    None,

    /// <summary>The program's context.</summary>
    Context,

    /// <summary>The function's own frame (or the scratch buffer that stands in for it).</summary>
    Stack,

    /// <summary>A map itself, to be handed to helpers.</summary>
    Map,
    MapKey,
    MapValue,

    /// <summary>A section of global data.</summary>
    Global,

    /// <summary>Reserved in a ring buffer.</summary>
    RingRecord,
    Packet,
    PacketEnd,

    /// <summary>A kernel object that the verifier knows by BTF and lets be read directly.</summary>
    KernelTrusted,

    /// <summary>A function of the program, to be handed to helpers as callback.</summary>
    Function,
}
