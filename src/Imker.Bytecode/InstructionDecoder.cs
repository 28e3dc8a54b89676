using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Imker.Diagnostics;

namespace Imker.Bytecode;

/// <summary>Reads slots of eight bytes (RFC 9669, section 3). Findings name the slot, counted from zero.</summary>
public static class InstructionDecoder
{
    /// <summary>Reads a whole code stream.</summary>
    /// <param name="bytes">A multiple of eight.</param>
    /// <param name="code">The code; null when there are errors.</param>
    /// <param name="diagnostics">What is wrong.</param>
    /// <param name="bigEndian">The byte order of the machine that it was written for.</param>
    public static bool TryDecode(
        ReadOnlySpan<byte> bytes,
        [NotNullWhen(true)] out Code? code,
        out ImmutableArray<Diagnostic> diagnostics,
        bool bigEndian = false)
    {
        var bag = new DiagnosticBag();
        if (bytes.Length % InstructionEncoder.SlotSize != 0)
            bag.Error(BytecodeDiagnosticId.BadLength, default, $"code of {bytes.Length} bytes is not a multiple of {InstructionEncoder.SlotSize}");
        var instructions = ImmutableArray.CreateBuilder<Instruction>(bytes.Length / InstructionEncoder.SlotSize);
        for (int slot = 0; (slot + 1) * InstructionEncoder.SlotSize <= bytes.Length;)
        {
            Instruction instruction = DecodeOne(bytes, slot, bigEndian, bag);
            instructions.Add(instruction);
            slot += instruction.SlotCount;
        }
        diagnostics = bag.ToSorted();
        code = bag.HasErrors ? null : new Code(instructions.ToImmutable());
        return code is not null;
    }

    /// <summary>As <see cref="TryDecode"/>.</summary>
    /// <exception cref="DiagnosticException">The bytes are no valid code.</exception>
    public static Code Decode(ReadOnlySpan<byte> bytes, bool bigEndian = false) =>
        TryDecode(bytes, out Code? code, out ImmutableArray<Diagnostic> diagnostics, bigEndian)
            ? code
            : throw new DiagnosticException(diagnostics);

    private static Instruction DecodeOne(ReadOnlySpan<byte> bytes, int slot, bool bigEndian, DiagnosticBag bag)
    {
        ReadOnlySpan<byte> first = bytes.Slice(slot * InstructionEncoder.SlotSize, InstructionEncoder.SlotSize);
        byte high = (byte)(first[1] >> 4), low = (byte)(first[1] & 0xf);
        (byte dst, byte src) = bigEndian ? (high, low) : (low, high);
        var instruction = Instruction.Raw(first[0], dst, src, ReadOffset(first, bigEndian), ReadConstant(first, bigEndian));
        if (dst > (byte)Register.R10 || src > (byte)Register.R10)
            bag.Error(BytecodeDiagnosticId.BadRegister, default, $"slot {slot}: there is no register {Math.Max(dst, src)}");
        if (instruction.IsWideLoad)
            instruction = DecodeSecondSlot(instruction, bytes, slot, bigEndian, bag);
        if (!InstructionForms.TryGet(instruction, out _))
            bag.Error(BytecodeDiagnosticId.NoInstruction, default, $"slot {slot}: {WhyNoInstruction(instruction)}");
        return instruction;
    }

    private static string WhyNoInstruction(Instruction instruction)
    {
        ImmutableArray<InstructionForm> forms = InstructionForms.WithOpcode(instruction.Opcode);
        return forms.IsEmpty
            ? $"there is no instruction with opcode 0x{instruction.Opcode:x2}"
            : $"source field {instruction.SrcField}, offset {instruction.Offset} or constant {instruction.Constant} has no meaning for opcode "
                + $"0x{instruction.Opcode:x2} ({forms[0]})";
    }

    private static Instruction DecodeSecondSlot(
        Instruction instruction, ReadOnlySpan<byte> bytes, int slot, bool bigEndian, DiagnosticBag bag)
    {
        ReadOnlySpan<byte> rest = bytes[((slot + 1) * InstructionEncoder.SlotSize)..];
        if (rest.Length < InstructionEncoder.SlotSize)
        {
            bag.Error(BytecodeDiagnosticId.BadWideLoad, default, $"slot {slot}: the second slot of the wide load is missing");
            return instruction;
        }
        if (rest[..4].ContainsAnyExcept((byte)0))
            bag.Error(BytecodeDiagnosticId.BadWideLoad, default, $"slot {slot + 1}: the second slot of a wide load holds more than a constant");
        long constant = (long)ReadConstant(rest, bigEndian) << 32 | (uint)instruction.Constant;
        return instruction.WithConstant(constant);
    }

    private static short ReadOffset(ReadOnlySpan<byte> slot, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadInt16BigEndian(slot[2..]) : BinaryPrimitives.ReadInt16LittleEndian(slot[2..]);

    private static int ReadConstant(ReadOnlySpan<byte> slot, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadInt32BigEndian(slot[4..]) : BinaryPrimitives.ReadInt32LittleEndian(slot[4..]);
}
