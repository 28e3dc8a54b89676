using System.Text;

namespace Imker.Bytecode.Classic.Text;

/// <summary>Writes programs as tcpdump does for <c>-d</c>, <c>-dd</c> and <c>-ddd</c> (libpcap 1.10.3, byte for byte).</summary>
public static class ClassicListing
{
    private const int MnemonicWidth = 8, OperandWidth = 16;

    /// <summary>An instruction a line: its number, its text, and the numbers of the lines that it jumps to (<c>-d</c>).</summary>
    public static string Format(ClassicProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        var builder = new StringBuilder();
        for (int i = 0; i < program.Length; i++)
        {
            AppendLine(builder, program.Instructions[i], i);
            builder.Append('\n');
        }
        return builder.ToString();
    }

    /// <summary>The initializers of a C array of <c>struct bpf_insn</c> (<c>-dd</c>).</summary>
    public static string FormatInitializers(ClassicProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        var builder = new StringBuilder();
        foreach (ClassicInstruction instruction in program.Instructions)
            builder.Append($"{{ 0x{instruction.Code:x}, {instruction.Jt}, {instruction.Jf}, 0x{instruction.K:x8} }},\n");
        return builder.ToString();
    }

    /// <summary>A line with the count, then a line of four decimal numbers for each instruction (<c>-ddd</c>).</summary>
    public static string FormatDecimal(ClassicProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        var builder = new StringBuilder();
        builder.Append($"{program.Length}\n");
        foreach (ClassicInstruction instruction in program.Instructions)
            builder.Append($"{instruction.Code} {instruction.Jt} {instruction.Jf} {instruction.K}\n");
        return builder.ToString();
    }

    private static void AppendLine(StringBuilder builder, ClassicInstruction instruction, int index)
    {
        (string mnemonic, string operand) = ClassicForm.TryGet(instruction.Code, out ClassicForm? form) && form.Code != ClassicOpcode.LoadIndexLength
            ? (form.Mnemonic, FormatOperand(form.Operand, instruction, index))
            : ("unimp", $"0x{instruction.Code:x}");
        builder.Append($"({index:d3}) ").Append(mnemonic.PadRight(MnemonicWidth)).Append(' ');
        if (instruction.IsConditionalJump)
            builder.Append(operand.PadRight(OperandWidth)).Append($" jt {index + 1 + instruction.Jt}\tjf {index + 1 + instruction.Jf}");
        else
            builder.Append(operand);
    }

    private static string FormatOperand(ClassicOperand operand, ClassicInstruction instruction, int index)
    {
        uint k = instruction.K;
        return operand switch
        {
            ClassicOperand.Absolute => ClassicOffset.TryGetField(k, out AncillaryField field)
                ? $"[{AncillaryName.Of(field).Listing}]" : $"[{(int)k}]",
            ClassicOperand.Indirect => $"[x + {(int)k}]",
            ClassicOperand.Hex => $"#0x{k:x}",
            ClassicOperand.Decimal => $"#{(int)k}",
            ClassicOperand.Cell => $"M[{(int)k}]",
            ClassicOperand.PacketLength => "#pktlen",
            ClassicOperand.HeaderLength => $"4*([{(int)k}]&0xf)",
            ClassicOperand.Index => "x",
            ClassicOperand.Target => $"{index + 1 + (int)k}",
            _ => "",
        };
    }
}
