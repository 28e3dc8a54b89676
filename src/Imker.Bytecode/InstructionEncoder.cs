using System.Buffers;
using System.Buffers.Binary;

namespace Imker.Bytecode;

/// <summary>Writes instructions as slots of eight bytes (RFC 9669, section 3).</summary>
public static class InstructionEncoder
{
    public const int SlotSize = 8;

    /// <summary>Writes one instruction. What is still symbolic is written with the numbers it has.</summary>
    /// <param name="instruction">What to write.</param>
    /// <param name="destination">At least <see cref="Instruction.SlotCount"/> slots long.</param>
    /// <param name="bigEndian">The byte order of the machine that runs it.</param>
    /// <returns>The bytes written: 8 or 16.</returns>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public static int Encode(Instruction instruction, Span<byte> destination, bool bigEndian = false)
    {
        int length = instruction.SlotCount * SlotSize;
        if (destination.Length < length)
            throw new ArgumentException($"An instruction of {length} bytes does not fit {destination.Length}.", nameof(destination));
        destination[0] = instruction.Opcode;
        byte dst = (byte)instruction.Dst, src = instruction.SrcField;
        destination[1] = (byte)(bigEndian ? dst << 4 | src : src << 4 | dst);
        WriteOffsetAndConstant(destination, instruction.Offset, (int)instruction.Constant, bigEndian);
        if (instruction.IsWideLoad)
        {
            destination.Slice(SlotSize, 2).Clear();
            WriteOffsetAndConstant(destination[SlotSize..], 0, (int)(instruction.Constant >> 32), bigEndian);
        }
        return length;
    }

    public static void Encode(Code code, IBufferWriter<byte> writer, bool bigEndian = false)
    {
        ArgumentNullException.ThrowIfNull(code);
        ArgumentNullException.ThrowIfNull(writer);
        foreach (Instruction instruction in code.Instructions)
            writer.Advance(Encode(instruction, writer.GetSpan(2 * SlotSize), bigEndian));
    }

    public static byte[] Encode(Code code, bool bigEndian = false)
    {
        ArgumentNullException.ThrowIfNull(code);
        byte[] bytes = new byte[code.SlotCount * SlotSize];
        int position = 0;
        foreach (Instruction instruction in code.Instructions)
            position += Encode(instruction, bytes.AsSpan(position), bigEndian);
        return bytes;
    }

    private static void WriteOffsetAndConstant(Span<byte> slot, short offset, int constant, bool bigEndian)
    {
        if (bigEndian)
        {
            BinaryPrimitives.WriteInt16BigEndian(slot[2..], offset);
            BinaryPrimitives.WriteInt32BigEndian(slot[4..], constant);
        }
        else
        {
            BinaryPrimitives.WriteInt16LittleEndian(slot[2..], offset);
            BinaryPrimitives.WriteInt32LittleEndian(slot[4..], constant);
        }
    }
}
