using System.Text;
using Imker.Bytecode.Text;

namespace Imker.Bytecode;

/// <summary>
/// Writes instructions as the kernel's verifier and bpftool do (<c>print_bpf_insn</c> in kernel/bpf/disasm.c), but a wide constant with
/// the <c>ll</c> of LLVM, without which it could not be told from a short one.
/// </summary>
public static class Disassembler
{
    /// <summary>One instruction, such as <c>r0 = *(u32 *)(r1 +4)</c>.</summary>
    public static string Format(Instruction instruction)
    {
        var output = new StringBuilder();
        InstructionPrinter.Append(output, instruction, target: null);
        return output.ToString();
    }

    /// <summary>All instructions, one a line.</summary>
    public static string Format(Code code, DisassemblyOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(code);
        options ??= DisassemblyOptions.Default;
        string?[] labels = options.Labels ? LabelNames.Of(code) : new string?[code.Instructions.Length];
        string indent = options.Labels ? "    " : "";
        var output = new StringBuilder();
        for (int i = 0; i < code.Instructions.Length; i++)
        {
            if (labels[i] is { } label)
                output.Append(label).Append(":\n");
            output.Append(indent);
            if (options.Slots)
                output.Append($"{code.SlotOf(i),4}: ");
            if (options.Opcodes)
                output.Append($"({code.Instructions[i].Opcode:x2}) ");
            string? target = options.Labels && code.TryGetJumpTarget(i, out int index) ? labels[index] : null;
            InstructionPrinter.Append(output, code.Instructions[i], target);
            output.Append('\n');
        }
        return output.ToString();
    }
}
