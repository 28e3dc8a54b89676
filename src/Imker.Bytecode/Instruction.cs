namespace Imker.Bytecode;

/// <summary>
/// One eBPF instruction. A wide load, which takes two slots of eight bytes, is one instruction. The named factories make every form;
/// <see cref="Raw"/> takes the fields as they come.
/// </summary>
public readonly partial struct Instruction : IEquatable<Instruction>
{
    private const byte WideLoadOpcode = (byte)InstructionClass.Ld | (byte)MemorySize.DoubleWord;

    private readonly byte registers;

    private Instruction(byte opcode, byte dst, byte src, short offset, long constant, Reference? reference)
    {
        Opcode = opcode;
        registers = (byte)(src << 4 | dst);
        Offset = offset;
        Constant = constant;
        Reference = reference;
    }

    public byte Opcode { get; }

    public Register Dst => (Register)(registers & 0xf);

    public Register Src => (Register)(registers >> 4);

    /// <summary>The four bits of the source field where they are no register: a <see cref="WideLoadKind"/> or a <see cref="CallKind"/>.</summary>
    public byte SrcField => (byte)(registers >> 4);

    public short Offset { get; }

    /// <summary>
    /// The 32-bit immediate, sign-extended. For a wide load all 64 bits: the first slot's immediate is the low half, the second's the
    /// high half.
    /// </summary>
    public long Constant { get; }

    /// <summary>What the instruction refers to by name; null when its numbers say all.</summary>
    public Reference? Reference { get; }

    public InstructionClass Class => (InstructionClass)(Opcode & 0x07);

    /// <summary>Slots of eight bytes; jumps count in these.</summary>
    public int SlotCount => IsWideLoad ? 2 : 1;

    public bool IsWideLoad => Opcode == WideLoadOpcode;

    public WideLoadKind WideLoadKind => (WideLoadKind)SrcField;

    public CallKind CallKind => (CallKind)SrcField;

    /// <summary>The source operand is a register, not the constant (<c>BPF_X</c>); meant for arithmetic and jumps.</summary>
    public bool UsesSourceRegister => (Opcode & RegisterSource) != 0;

    public MemorySize Size => (MemorySize)(Opcode & 0x18);

    public MemoryMode Mode => (MemoryMode)(Opcode & 0xe0);

    /// <summary>A jump that carries a distance: unconditional, conditional, or <c>may_goto</c>.</summary>
    public bool IsJump => IsUnconditionalJump || IsMayGoto || IsConditionalJump;

    /// <summary><c>goto</c> or <c>gotol</c>.</summary>
    public bool IsUnconditionalJump => Opcode is JumpOpcode or LongJumpOpcode;

    /// <summary><c>gotol</c>: the distance is the 32-bit constant.</summary>
    public bool IsLongJump => Opcode == LongJumpOpcode;

    public bool IsMayGoto => Opcode == MayGotoOpcode;

    public bool IsConditionalJump =>
        Class is InstructionClass.Jmp or InstructionClass.Jmp32 && (Opcode & 0xf0) is (>= 0x10 and <= 0x70) or (>= 0xa0 and <= 0xd0);

    public JumpCondition Condition => (JumpCondition)(Opcode & 0xf0);

    public bool IsCall => Opcode is CallOpcode or CallRegisterOpcode;

    /// <summary><c>callx</c>: what is called is in a register.</summary>
    public bool IsCallThroughRegister => Opcode == CallRegisterOpcode;

    public bool IsExit => Opcode == ExitOpcode;

    /// <summary>Whether the next instruction can run after this one.</summary>
    public bool FallsThrough => !IsExit && !IsUnconditionalJump;

    /// <summary>The distance of a jump in slots, counted from the slot after it.</summary>
    public int JumpDistance => IsLongJump ? (int)Constant : Offset;

    /// <summary>The fields as they are encoded; nothing is checked but that they fit.</summary>
    /// <param name="opcode">All eight bits.</param>
    /// <param name="dst">The destination field, 0 to 15.</param>
    /// <param name="src">The source field, 0 to 15.</param>
    /// <param name="offset">The offset field.</param>
    /// <param name="constant">The immediate; 64 bits for a wide load.</param>
    /// <param name="reference">What it refers to by name.</param>
    /// <exception cref="ArgumentOutOfRangeException">A field does not fit its bits.</exception>
    public static Instruction Raw(byte opcode, byte dst, byte src, short offset, long constant, Reference? reference = null)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dst, 15);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(src, 15);
        if (opcode != WideLoadOpcode)
            ArgumentOutOfRangeException.ThrowIfNotEqual((int)constant, constant, nameof(constant));
        return new Instruction(opcode, dst, src, offset, constant, reference);
    }

    /// <summary>The same instruction with another reference and number: how a symbol is resolved.</summary>
    /// <param name="constant">The new immediate; 64 bits for a wide load.</param>
    /// <param name="reference">Null when nothing symbolic is left.</param>
    public Instruction WithConstant(long constant, Reference? reference = null) =>
        Raw(Opcode, (byte)Dst, SrcField, Offset, constant, reference);

    /// <summary>The same instruction with another offset field.</summary>
    public Instruction WithOffset(short offset) => new(Opcode, (byte)Dst, SrcField, offset, Constant, Reference);

    /// <summary>The same instruction with another source field: how a wide load changes its <see cref="WideLoadKind"/>.</summary>
    public Instruction WithSrcField(byte src) => Raw(Opcode, (byte)Dst, src, Offset, Constant, Reference);

    public Instruction WithReference(Reference? reference) => new(Opcode, (byte)Dst, SrcField, Offset, Constant, reference);

    public bool Equals(Instruction other) =>
        Opcode == other.Opcode && registers == other.registers && Offset == other.Offset && Constant == other.Constant
        && Equals(Reference, other.Reference);

    public override bool Equals(object? obj) => obj is Instruction other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Opcode, registers, Offset, Constant, Reference);

    /// <summary>The kernel's text, as <see cref="Disassembler.Format(Instruction)"/> writes it.</summary>
    public override string ToString() => Disassembler.Format(this);

    public static bool operator ==(Instruction left, Instruction right) => left.Equals(right);

    public static bool operator !=(Instruction left, Instruction right) => !left.Equals(right);
}
