using System.Buffers.Binary;

namespace Imker.Bytecode.Classic;

/// <summary>One instruction of the classic machine, <c>struct sock_filter</c> in linux/filter.h: eight bytes.</summary>
/// <param name="Code">Class, size, mode and operation; <see cref="ClassicOpcode"/> names them.</param>
/// <param name="Jt">Instructions to skip when a condition holds.</param>
/// <param name="Jf">Instructions to skip when it does not.</param>
/// <param name="K">The operand: an offset, a constant, a scratch cell, or the distance of <c>ja</c>.</param>
public readonly record struct ClassicInstruction(ushort Code, byte Jt, byte Jf, uint K)
{
    /// <summary>Bytes of an encoded instruction.</summary>
    public const int Size = 8;

    /// <summary>An instruction that is no conditional jump.</summary>
    public ClassicInstruction(ushort code, uint k = 0)
        : this(code, 0, 0, k)
    {
    }

    /// <summary>The low three bits of the opcode.</summary>
    public ClassicClass Class => (ClassicClass)(Code & 7);

    /// <summary>A jump with two distances.</summary>
    public bool IsConditionalJump => Class == ClassicClass.Jump && (Code & ClassicOpcode.OperationMask) != 0;

    public bool IsReturn => Class == ClassicClass.Return;

    /// <summary>Reads one instruction from its eight bytes.</summary>
    public static ClassicInstruction Read(ReadOnlySpan<byte> source, bool bigEndian = false) => bigEndian
        ? new(BinaryPrimitives.ReadUInt16BigEndian(source), source[2], source[3], BinaryPrimitives.ReadUInt32BigEndian(source[4..]))
        : new(BinaryPrimitives.ReadUInt16LittleEndian(source), source[2], source[3], BinaryPrimitives.ReadUInt32LittleEndian(source[4..]));

    /// <summary>Writes the eight bytes.</summary>
    public void Write(Span<byte> destination, bool bigEndian = false)
    {
        if (bigEndian)
        {
            BinaryPrimitives.WriteUInt16BigEndian(destination, Code);
            BinaryPrimitives.WriteUInt32BigEndian(destination[4..], K);
        }
        else
        {
            BinaryPrimitives.WriteUInt16LittleEndian(destination, Code);
            BinaryPrimitives.WriteUInt32LittleEndian(destination[4..], K);
        }
        destination[2] = Jt;
        destination[3] = Jf;
    }

    /// <summary>As the symbolic syntax writes it, without a place for jumps.</summary>
    public override string ToString() => Text.ClassicAssemblyWriter.Format(this);
}
