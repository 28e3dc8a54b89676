using System.Text;

namespace Imker.Bytecode.Classic.Text;

/// <summary>
/// Writes programs in the syntax of the kernel's <c>bpf_asm</c> (Documentation/networking/filter.rst), with labels before what is jumped to.
/// </summary>
public static class ClassicAssemblyWriter
{
    /// <summary>The whole program; <see cref="ClassicAssembler"/> reads it back.</summary>
    public static string Format(ClassicProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        var builder = new StringBuilder();
        HashSet<long> targets = TargetsOf(program);
        for (int i = 0; i < program.Length; i++)
        {
            if (targets.Contains(i))
                builder.Append($"l{i}:\n");
            builder.Append("    ").Append(Format(program.Instructions[i], i)).Append('\n');
        }
        return builder.ToString();
    }

    /// <summary>One instruction without its jumps: <c>ldh [12]</c>, <c>jeq #0x800</c>.</summary>
    internal static string Format(ClassicInstruction instruction)
    {
        if (!ClassicForm.TryGet(instruction.Code, out ClassicForm? form))
            return $"0x{instruction.Code:x} #0x{instruction.K:x}";
        string operand = FormatOperand(form.Operand, instruction.K);
        return operand.Length == 0 ? form.Mnemonic : $"{form.Mnemonic} {operand}";
    }

    private static string Format(ClassicInstruction instruction, int index)
    {
        string text = Format(instruction);
        if (instruction.Code == ClassicOpcode.Jump)
            return $"ja l{index + 1L + instruction.K}";
        return instruction.IsConditionalJump ? $"{text}, l{index + 1 + instruction.Jt}, l{index + 1 + instruction.Jf}" : text;
    }

    private static string FormatOperand(ClassicOperand operand, uint k) => operand switch
    {
        ClassicOperand.Absolute => ClassicOffset.TryGetField(k, out AncillaryField field) ? $"#{AncillaryName.Of(field).Assembly}" : $"[{(int)k}]",
        ClassicOperand.Indirect => $"[x + {(int)k}]",
        ClassicOperand.Hex => $"#0x{k:x}",
        ClassicOperand.Decimal => $"#{(int)k}",
        ClassicOperand.Cell => $"M[{(int)k}]",
        ClassicOperand.PacketLength => "#pktlen",
        ClassicOperand.HeaderLength => $"4*([{(int)k}]&0xf)",
        ClassicOperand.Index => "x",
        ClassicOperand.Accumulator => "a",
        ClassicOperand.Target => $"+{k}",
        _ => "",
    };

    private static HashSet<long> TargetsOf(ClassicProgram program)
    {
        var targets = new HashSet<long>();
        for (int i = 0; i < program.Length; i++)
        {
            ClassicInstruction instruction = program.Instructions[i];
            if (instruction.Code == ClassicOpcode.Jump)
                targets.Add(i + 1L + instruction.K);
            if (instruction.IsConditionalJump)
            {
                targets.Add(i + 1 + instruction.Jt);
                targets.Add(i + 1 + instruction.Jf);
            }
        }
        return targets;
    }
}
