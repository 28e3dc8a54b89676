using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Imker.Bytecode.Classic;
using Imker.Linux;

namespace Imker.Capture;

/// <summary>
/// Makes a program for packets with a cooked header one for the kernel, where a cooked socket's packets have none: what the header says
/// is asked of the kernel, and what lies behind it moves to the front.
/// </summary>
internal static class CookedProgram
{
    /// <summary>False where the kernel does not know what the program asks for: then it must be run here.</summary>
    internal static bool TryForKernel(ClassicProgram program, CookedHeader header, [NotNullWhen(true)] out ClassicProgram? result)
    {
        var instructions = ImmutableArray.CreateBuilder<ClassicInstruction>(program.Length);
        foreach (ClassicInstruction instruction in program.Instructions)
        {
            if (!TryRewrite(instruction, header, out ClassicInstruction rewritten))
            {
                result = null;
                return false;
            }
            instructions.Add(rewritten);
        }
        result = new ClassicProgram(instructions.MoveToImmutable());
        return true;
    }

    private static bool TryRewrite(ClassicInstruction instruction, CookedHeader header, out ClassicInstruction rewritten)
    {
        uint size = (uint)(header == CookedHeader.Version1 ? CookedHeaderSize.Version1 : CookedHeaderSize.Version2);
        rewritten = instruction;
        switch (instruction.Code)
        {
            case ClassicOpcode.LoadAbsoluteWord or ClassicOpcode.LoadAbsoluteHalf or ClassicOpcode.LoadAbsoluteByte:
                return TryRewriteLoad(instruction, header, size, out rewritten);
            case ClassicOpcode.LoadIndirectWord or ClassicOpcode.LoadIndirectHalf or ClassicOpcode.LoadIndirectByte or ClassicOpcode.LoadIndexHeaderLength:
                rewritten = instruction with { K = instruction.K - size };
                return (int)instruction.K >= size;
            // The kernel's length is without the header.
            case ClassicOpcode.LoadLength or ClassicOpcode.LoadIndexLength:
                return false;
            default:
                return true;
        }
    }

    private static bool TryRewriteLoad(ClassicInstruction instruction, CookedHeader header, uint size, out ClassicInstruction rewritten)
    {
        rewritten = instruction;
        // Already a question to the kernel.
        if ((int)instruction.K < 0)
            return true;
        if (instruction.K >= size)
        {
            rewritten = instruction with { K = instruction.K - size };
            return true;
        }
        if (FieldAt(instruction.Code, instruction.K, header) is not { } field)
            return false;
        rewritten = new ClassicInstruction(ClassicOpcode.LoadAbsoluteWord, ClassicOffset.Of(field));
        return true;
    }

    // The layouts of LINUX_SLL and LINUX_SLL2.
    private static AncillaryField? FieldAt(ushort load, uint offset, CookedHeader header) => (header, load, offset) switch
    {
        (CookedHeader.Version1, ClassicOpcode.LoadAbsoluteHalf, 0) => AncillaryField.PacketType,
        (CookedHeader.Version1, ClassicOpcode.LoadAbsoluteHalf, 2) => AncillaryField.HardwareType,
        (CookedHeader.Version1, ClassicOpcode.LoadAbsoluteHalf, 14) => AncillaryField.Protocol,
        (CookedHeader.Version2, ClassicOpcode.LoadAbsoluteHalf, 0) => AncillaryField.Protocol,
        (CookedHeader.Version2, ClassicOpcode.LoadAbsoluteWord, 4) => AncillaryField.InterfaceIndex,
        (CookedHeader.Version2, ClassicOpcode.LoadAbsoluteHalf, 8) => AncillaryField.HardwareType,
        (CookedHeader.Version2, ClassicOpcode.LoadAbsoluteByte, 10) => AncillaryField.PacketType,
        _ => null,
    };
}
