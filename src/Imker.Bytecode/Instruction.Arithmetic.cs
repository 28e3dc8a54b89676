namespace Imker.Bytecode;

public readonly partial struct Instruction
{
    private const byte RegisterSource = 0x08;
    private const byte MoveCode = 0xb0;
    private const byte NegateCode = 0x80;
    private const byte EndCode = 0xd0;

    /// <summary><c>dst = src</c></summary>
    public static Instruction Mov(Register dst, Register src) => Move(InstructionClass.Alu64, dst, src, 0, 0);

    /// <summary><c>dst = constant</c>, sign-extended to 64 bits.</summary>
    public static Instruction Mov(Register dst, int constant) => Move(InstructionClass.Alu64, dst, constant);

    /// <summary><c>w_dst = w_src</c>; the upper half becomes zero.</summary>
    public static Instruction Mov32(Register dst, Register src) => Move(InstructionClass.Alu, dst, src, 0, 0);

    /// <summary><c>w_dst = constant</c>; the upper half becomes zero.</summary>
    public static Instruction Mov32(Register dst, int constant) => Move(InstructionClass.Alu, dst, constant);

    /// <summary><c>dst = (s8|s16|s32)src</c>, sign-extended to 64 bits (ISA v4, kernel 6.6).</summary>
    /// <param name="dst">Receives the value.</param>
    /// <param name="src">Its low bits are taken.</param>
    /// <param name="bits">8, 16 or 32.</param>
    public static Instruction MovSigned(Register dst, Register src, int bits)
    {
        if (bits is not (8 or 16 or 32))
            throw new ArgumentOutOfRangeException(nameof(bits), bits, "A sign-extending move takes 8, 16 or 32 bits.");
        return Move(InstructionClass.Alu64, dst, src, (short)bits, 0);
    }

    /// <summary><c>w_dst = (s8|s16)w_src</c>, sign-extended to 32 bits; the upper half becomes zero (ISA v4, kernel 6.6).</summary>
    /// <param name="dst">Receives the value.</param>
    /// <param name="src">Its low bits are taken.</param>
    /// <param name="bits">8 or 16.</param>
    public static Instruction MovSigned32(Register dst, Register src, int bits)
    {
        if (bits is not (8 or 16))
            throw new ArgumentOutOfRangeException(nameof(bits), bits, "A 32-bit sign-extending move takes 8 or 16 bits.");
        return Move(InstructionClass.Alu, dst, src, (short)bits, 0);
    }

    /// <summary><c>dst = addr_space_cast(src, to, from)</c>: a pointer into an arena (kernel 6.9).</summary>
    public static Instruction AddressSpaceCast(Register dst, Register src, ushort to, ushort from) =>
        Move(InstructionClass.Alu64, dst, src, 1, to << 16 | from);

    /// <summary>64-bit arithmetic between registers, such as <c>dst += src</c>.</summary>
    public static Instruction Alu(AluOperation operation, Register dst, Register src) =>
        Arithmetic(InstructionClass.Alu64, operation, dst, src);

    /// <summary>64-bit arithmetic with a sign-extended constant, such as <c>dst += 4</c>.</summary>
    public static Instruction Alu(AluOperation operation, Register dst, int constant) =>
        Arithmetic(InstructionClass.Alu64, operation, dst, constant);

    /// <summary>32-bit arithmetic between registers; the upper half becomes zero.</summary>
    public static Instruction Alu32(AluOperation operation, Register dst, Register src) =>
        Arithmetic(InstructionClass.Alu, operation, dst, src);

    /// <summary>32-bit arithmetic with a constant; the upper half becomes zero.</summary>
    public static Instruction Alu32(AluOperation operation, Register dst, int constant) =>
        Arithmetic(InstructionClass.Alu, operation, dst, constant);

    /// <summary><c>dst = -dst</c></summary>
    public static Instruction Neg(Register dst) => new((byte)InstructionClass.Alu64 | NegateCode, (byte)dst, 0, 0, 0, null);

    /// <summary><c>w_dst = -w_dst</c>; the upper half becomes zero.</summary>
    public static Instruction Neg32(Register dst) => new((byte)InstructionClass.Alu | NegateCode, (byte)dst, 0, 0, 0, null);

    /// <summary><c>dst = le16|le32|le64 dst</c>: to little-endian order, truncated.</summary>
    public static Instruction ToLittleEndian(Register dst, int bits) => End((byte)InstructionClass.Alu | EndCode, dst, bits);

    /// <summary><c>dst = be16|be32|be64 dst</c>: to big-endian order, truncated.</summary>
    public static Instruction ToBigEndian(Register dst, int bits) =>
        End((byte)InstructionClass.Alu | EndCode | RegisterSource, dst, bits);

    /// <summary><c>dst = bswap16|bswap32|bswap64 dst</c>: bytes reversed, truncated (ISA v4, kernel 6.6).</summary>
    public static Instruction ByteSwap(Register dst, int bits) => End((byte)InstructionClass.Alu64 | EndCode, dst, bits);

    private static Instruction Move(InstructionClass width, Register dst, Register src, short offset, int constant) =>
        new((byte)((byte)width | MoveCode | RegisterSource), (byte)dst, (byte)src, offset, constant, null);

    private static Instruction Move(InstructionClass width, Register dst, int constant) =>
        new((byte)((byte)width | MoveCode), (byte)dst, 0, 0, constant, null);

    private static Instruction Arithmetic(InstructionClass width, AluOperation operation, Register dst, Register src) =>
        new((byte)((byte)width | (byte)operation | RegisterSource), (byte)dst, (byte)src, (short)((int)operation >> 8), 0, null);

    private static Instruction Arithmetic(InstructionClass width, AluOperation operation, Register dst, int constant) =>
        new((byte)((byte)width | (byte)operation), (byte)dst, 0, (short)((int)operation >> 8), constant, null);

    private static Instruction End(byte opcode, Register dst, int bits)
    {
        if (bits is not (16 or 32 or 64))
            throw new ArgumentOutOfRangeException(nameof(bits), bits, "Byte order is changed on 16, 32 or 64 bits.");
        return new Instruction(opcode, (byte)dst, 0, 0, bits, null);
    }
}
