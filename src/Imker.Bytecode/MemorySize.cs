namespace Imker.Bytecode;

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
