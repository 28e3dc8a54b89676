namespace Imker.Bytecode.Text;

/// <summary>The fields of an instruction while its text is read.</summary>
internal struct OperandFields
{
    public byte Dst;
    public byte Src;
    public short Offset;
    public int Low;
    public int High;
    public Reference? Reference;

    public readonly Instruction ToInstruction(byte opcode)
    {
        bool isWide = Instruction.Raw(opcode, 0, 0, 0, 0).IsWideLoad;
        long constant = isWide ? (long)High << 32 | (uint)Low : Low;
        return Instruction.Raw(opcode, Dst, Src, Offset, constant, Reference);
    }
}
