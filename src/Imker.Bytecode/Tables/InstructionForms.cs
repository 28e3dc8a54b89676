using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Imker.Bytecode;

/// <summary>All forms of all instructions. What has no form, because of its opcode or a field that must be zero, no kernel takes.</summary>
public static partial class InstructionForms
{
    // A form is made when its opcode is first asked for: a short program uses few of them, and its start should not wait for the others.
    private static readonly ImmutableArray<InstructionForm>[] ByOpcode = new ImmutableArray<InstructionForm>[256];

    /// <summary>In the order of their opcodes.</summary>
    public static ImmutableArray<InstructionForm> All => [.. Enumerable.Range(0, ByOpcode.Length).SelectMany(opcode => WithOpcode((byte)opcode))];

    /// <summary>The form that an instruction has; false when its fields make no instruction.</summary>
    public static bool TryGet(Instruction instruction, [NotNullWhen(true)] out InstructionForm? form)
    {
        foreach (InstructionForm candidate in WithOpcode(instruction.Opcode))
        {
            if (candidate.Pattern.Matches(instruction))
            {
                form = candidate;
                return true;
            }
        }
        form = null;
        return false;
    }

    /// <summary>The forms that share an opcode; none for an opcode that means nothing.</summary>
    public static ImmutableArray<InstructionForm> WithOpcode(byte opcode)
    {
        if (ByOpcode[opcode].IsDefault)
            ByOpcode[opcode] = Rows(opcode);
        return ByOpcode[opcode];
    }
}
