using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Imker.Bytecode;

/// <summary>All forms of all instructions. What has no form, because of its opcode or a field that must be zero, no kernel takes.</summary>
public static partial class InstructionForms
{
    private static readonly ImmutableArray<InstructionForm>[] ByOpcode = Index();

    public static ImmutableArray<InstructionForm> All { get; } = [.. ByOpcode.SelectMany(forms => forms)];

    /// <summary>The form that an instruction has; false when its fields make no instruction.</summary>
    public static bool TryGet(Instruction instruction, [NotNullWhen(true)] out InstructionForm? form)
    {
        foreach (InstructionForm candidate in ByOpcode[instruction.Opcode])
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
    public static ImmutableArray<InstructionForm> WithOpcode(byte opcode) => ByOpcode[opcode];

    private static ImmutableArray<InstructionForm>[] Index()
    {
        var index = new ImmutableArray<InstructionForm>[256];
        Array.Fill(index, []);
        foreach (InstructionForm form in Rows())
            index[form.Opcode] = index[form.Opcode].Add(form);
        return index;
    }
}
