using Imker.Verifier.Domain;

namespace Imker.Verifier.State;

/// <summary>What is known of a register, or of a register that was spilled to the stack.</summary>
internal struct RegisterState
{
    public RegisterKind Kind;

    /// <summary>Of a pointer into a stack, the number of its frame.</summary>
    public byte Frame;

    public PointerFlags Flags;

    /// <summary>A scalar whose exact bounds some check relied on: a state that is to cover this one must have them too.</summary>
    public bool IsPrecise;

    /// <summary>Bytes from where the pointer's object starts, the constant part.</summary>
    public int Offset;

    /// <summary>Of a packet pointer the bytes that are proven to be there, from its object's start; of memory its size.</summary>
    public int Range;

    /// <summary>Pointers that are null together, packet pointers of one base, and scalars that are copies share a number; 0 is none.</summary>
    public int Id;

    /// <summary>The reference that this pointer owns or hangs on; 0 is none.</summary>
    public int ReferenceId;

    /// <summary>Of a <see cref="RegisterKind.Btf"/>, its structure.</summary>
    public uint TypeId;

    /// <summary>The map, function or BTF file that the pointer belongs to.</summary>
    public object? Target;

    /// <summary>The number itself, or what was added to the pointer.</summary>
    public Scalar Number;

    public static RegisterState Unset { get; } = new() { Kind = RegisterKind.Unset, Number = Scalar.Unknown };

    public static RegisterState UnknownScalar { get; } = new() { Kind = RegisterKind.Scalar, Number = Scalar.Unknown };

    public readonly bool IsScalar => Kind == RegisterKind.Scalar;

    public readonly bool IsPointer => Kind > RegisterKind.Scalar;

    public readonly bool MayBeNull => (Flags & PointerFlags.MayBeNull) != 0;

    public readonly bool IsConstant => Kind == RegisterKind.Scalar && Number.IsConstant;

    public readonly bool IsPacket => Kind is RegisterKind.Packet or RegisterKind.PacketMeta;

    public readonly bool Has(PointerFlags flags) => (Flags & flags) != 0;

    public static RegisterState Constant(long value) => new() { Kind = RegisterKind.Scalar, Number = Scalar.Constant((ulong)value) };

    public static RegisterState OfScalar(in Scalar number) => new() { Kind = RegisterKind.Scalar, Number = number };

    /// <summary>A pointer to the start of something.</summary>
    public static RegisterState Pointer(RegisterKind kind, PointerFlags flags = PointerFlags.None) =>
        new() { Kind = kind, Flags = flags, Number = Scalar.Constant(0) };

    public void SetScalar(in Scalar number)
    {
        this = default;
        Kind = RegisterKind.Scalar;
        Number = number;
    }
}
