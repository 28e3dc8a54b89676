namespace Imker.Bytecode.Classic;

/// <summary>
/// The opcodes of the classic machine that Linux takes (<c>chk_code_allowed</c> in net/core/filter.c), as numbers: a switch over them reads
/// as the list of instructions. In a name, <c>X</c> at the end means that the operand is the index register instead of the constant.
/// </summary>
public static class ClassicOpcode
{
    /// <summary>The bit that makes the index register the operand of arithmetic and jumps (<c>BPF_X</c>).</summary>
    public const ushort IndexSource = 0x08;

    /// <summary>The operation of arithmetic and jumps (<c>BPF_OP</c>).</summary>
    public const ushort OperationMask = 0xf0;

    /// <summary>How many bytes a load takes (<c>BPF_SIZE</c>).</summary>
    public const ushort SizeMask = 0x18;

    /// <summary>Where a load takes them from (<c>BPF_MODE</c>).</summary>
    public const ushort ModeMask = 0xe0;

    public const ushort
        LoadImmediate = 0x00,
        LoadAbsoluteWord = 0x20,
        LoadAbsoluteHalf = 0x28,
        LoadAbsoluteByte = 0x30,
        LoadIndirectWord = 0x40,
        LoadIndirectHalf = 0x48,
        LoadIndirectByte = 0x50,
        LoadCell = 0x60,
        LoadLength = 0x80,
        LoadIndexImmediate = 0x01,
        LoadIndexCell = 0x61,
        LoadIndexLength = 0x81,
        LoadIndexHeaderLength = 0xb1,
        Store = 0x02,
        StoreIndex = 0x03;

    public const ushort
        Add = 0x04,
        Sub = 0x14,
        Mul = 0x24,
        Div = 0x34,
        Or = 0x44,
        And = 0x54,
        ShiftLeft = 0x64,
        ShiftRight = 0x74,
        Negate = 0x84,
        Mod = 0x94,
        Xor = 0xa4,
        AddX = Add | IndexSource,
        SubX = Sub | IndexSource,
        MulX = Mul | IndexSource,
        DivX = Div | IndexSource,
        OrX = Or | IndexSource,
        AndX = And | IndexSource,
        ShiftLeftX = ShiftLeft | IndexSource,
        ShiftRightX = ShiftRight | IndexSource,
        ModX = Mod | IndexSource,
        XorX = Xor | IndexSource;

    public const ushort
        Jump = 0x05,
        JumpEqual = 0x15,
        JumpGreater = 0x25,
        JumpGreaterOrEqual = 0x35,
        JumpSet = 0x45,
        JumpEqualX = JumpEqual | IndexSource,
        JumpGreaterX = JumpGreater | IndexSource,
        JumpGreaterOrEqualX = JumpGreaterOrEqual | IndexSource,
        JumpSetX = JumpSet | IndexSource;

    public const ushort
        Return = 0x06,
        ReturnAccumulator = 0x16,
        IndexFromAccumulator = 0x07,
        AccumulatorFromIndex = 0x87;
}
