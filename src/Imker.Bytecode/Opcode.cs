namespace Imker.Bytecode;

/// <summary>The instruction class: the low three bits of the opcode (RFC 9669, section 3).</summary>
public enum InstructionClass : byte
{
    /// <summary><c>BPF_LD</c>: wide loads and the legacy packet loads.</summary>
    Ld = 0,

    /// <summary><c>BPF_LDX</c></summary>
    Ldx = 1,

    /// <summary><c>BPF_ST</c></summary>
    St = 2,

    /// <summary><c>BPF_STX</c></summary>
    Stx = 3,

    /// <summary><c>BPF_ALU</c>: 32-bit arithmetic.</summary>
    Alu = 4,

    /// <summary><c>BPF_JMP</c></summary>
    Jmp = 5,

    /// <summary><c>BPF_JMP32</c></summary>
    Jmp32 = 6,

    /// <summary><c>BPF_ALU64</c></summary>
    Alu64 = 7,
}

/// <summary>The width of a memory access: bits three and four of a load's or store's opcode.</summary>
public enum MemorySize : byte
{
    /// <summary><c>BPF_W</c>, four bytes.</summary>
    Word = 0x00,

    /// <summary><c>BPF_H</c>, two bytes.</summary>
    Half = 0x08,

    /// <summary><c>BPF_B</c>, one byte.</summary>
    Byte = 0x10,

    /// <summary><c>BPF_DW</c>, eight bytes.</summary>
    DoubleWord = 0x18,
}

/// <summary>The addressing mode: the high three bits of a load's or store's opcode.</summary>
public enum MemoryMode : byte
{
    /// <summary><c>BPF_IMM</c>: a wide load.</summary>
    Immediate = 0x00,

    /// <summary><c>BPF_ABS</c>: a legacy packet load at a constant offset.</summary>
    Absolute = 0x20,

    /// <summary><c>BPF_IND</c>: a legacy packet load at a register plus a constant.</summary>
    Indirect = 0x40,

    /// <summary><c>BPF_MEM</c></summary>
    Memory = 0x60,

    /// <summary><c>BPF_MEMSX</c>: a load that extends the sign.</summary>
    MemorySignExtended = 0x80,

    /// <summary><c>BPF_ATOMIC</c></summary>
    Atomic = 0xc0,
}

/// <summary>
/// An arithmetic operation. The low byte stands in the opcode's high four bits, the high byte in the instruction's offset field, which
/// tells signed division from unsigned.
/// </summary>
public enum AluOperation : ushort
{
    Add = 0x00,
    Sub = 0x10,
    Mul = 0x20,
    Div = 0x30,
    Or = 0x40,
    And = 0x50,

    /// <summary><c>BPF_LSH</c></summary>
    ShiftLeft = 0x60,

    /// <summary><c>BPF_RSH</c>: zeros come in from the left.</summary>
    ShiftRight = 0x70,

    Mod = 0x90,
    Xor = 0xa0,

    /// <summary><c>BPF_ARSH</c>: copies of the sign come in from the left.</summary>
    ShiftRightSigned = 0xc0,

    /// <summary>Signed division, rounding to zero (ISA v4, kernel 6.6).</summary>
    SignedDiv = 0x130,

    /// <summary>Remainder of the signed division (ISA v4, kernel 6.6).</summary>
    SignedMod = 0x190,
}

/// <summary>What a conditional jump asks of its two operands: the high four bits of its opcode.</summary>
public enum JumpCondition : byte
{
    /// <summary><c>BPF_JEQ</c></summary>
    Equal = 0x10,

    /// <summary><c>BPF_JGT</c>, unsigned.</summary>
    Greater = 0x20,

    /// <summary><c>BPF_JGE</c>, unsigned.</summary>
    GreaterOrEqual = 0x30,

    /// <summary><c>BPF_JSET</c>: a bit is set in both. The only condition without an inverse.</summary>
    BitsSet = 0x40,

    /// <summary><c>BPF_JNE</c></summary>
    NotEqual = 0x50,

    /// <summary><c>BPF_JSGT</c></summary>
    SignedGreater = 0x60,

    /// <summary><c>BPF_JSGE</c></summary>
    SignedGreaterOrEqual = 0x70,

    /// <summary><c>BPF_JLT</c>, unsigned.</summary>
    Less = 0xa0,

    /// <summary><c>BPF_JLE</c>, unsigned.</summary>
    LessOrEqual = 0xb0,

    /// <summary><c>BPF_JSLT</c></summary>
    SignedLess = 0xc0,

    /// <summary><c>BPF_JSLE</c></summary>
    SignedLessOrEqual = 0xd0,
}

/// <summary>An atomic operation on memory, as it stands in the instruction's constant.</summary>
public enum AtomicOperation
{
    Add = 0x00,
    Or = 0x40,
    And = 0x50,
    Xor = 0xa0,

    /// <summary>As <see cref="Add"/>; the source register receives the value from before.</summary>
    FetchAdd = 0x01,
    FetchOr = 0x41,
    FetchAnd = 0x51,
    FetchXor = 0xa1,

    /// <summary><c>BPF_XCHG</c>: memory and the source register swap.</summary>
    Exchange = 0xe1,

    /// <summary><c>BPF_CMPXCHG</c>: memory that equals R0 becomes the source register; R0 receives the value from before.</summary>
    CompareExchange = 0xf1,

    /// <summary><c>BPF_LOAD_ACQ</c> (kernel 6.15)</summary>
    LoadAcquire = 0x100,

    /// <summary><c>BPF_STORE_REL</c> (kernel 6.15)</summary>
    StoreRelease = 0x110,
}

/// <summary>What the source nibble of a wide load says about its constant (<c>BPF_PSEUDO_*</c>).</summary>
public enum WideLoadKind : byte
{
    /// <summary>A plain 64-bit number.</summary>
    Constant = 0,

    /// <summary><c>BPF_PSEUDO_MAP_FD</c>: the low half is a map's file descriptor.</summary>
    MapFd = 1,

    /// <summary><c>BPF_PSEUDO_MAP_VALUE</c>: the low half is a map's file descriptor, the high half an offset into its only value.</summary>
    MapValue = 2,

    /// <summary><c>BPF_PSEUDO_BTF_ID</c>: the low half is the BTF id of a kernel variable, the high half its BTF object's descriptor.</summary>
    BtfId = 3,

    /// <summary><c>BPF_PSEUDO_FUNC</c>: the low half is the distance in slots to a function of the same program.</summary>
    Function = 4,

    /// <summary><c>BPF_PSEUDO_MAP_IDX</c>: as <see cref="MapFd"/>, with an index into the load's <c>fd_array</c>.</summary>
    MapIndex = 5,

    /// <summary><c>BPF_PSEUDO_MAP_IDX_VALUE</c>: as <see cref="MapValue"/>, with an index into the load's <c>fd_array</c>.</summary>
    MapIndexValue = 6,
}

/// <summary>What the source nibble of a call says about its constant.</summary>
public enum CallKind : byte
{
    /// <summary>A helper by its number.</summary>
    Helper = 0,

    /// <summary><c>BPF_PSEUDO_CALL</c>: a function of the same program by its distance in slots.</summary>
    Function = 1,

    /// <summary><c>BPF_PSEUDO_KFUNC_CALL</c>: a kernel function by its BTF id; the offset is 0 for vmlinux, else an index into <c>fd_array</c>.</summary>
    Kfunc = 2,
}
