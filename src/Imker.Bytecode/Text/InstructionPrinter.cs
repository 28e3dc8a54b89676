using System.Globalization;
using System.Text;

namespace Imker.Bytecode.Text;

/// <summary>Writes instructions by the patterns of the tables.</summary>
internal static class InstructionPrinter
{
    /// <summary>The kernel's name for the number zero.</summary>
    public const string NoHelper = "bpf_unspec";

    /// <summary>The kernel's name for other numbers that no helper has.</summary>
    public const string UnknownHelper = "unknown";

    /// <summary>Appends the text of an instruction.</summary>
    /// <param name="output">Receives it.</param>
    /// <param name="instruction">If it has no form, its bytes are written.</param>
    /// <param name="target">The label that a jump goes to; null for a distance.</param>
    public static void Append(StringBuilder output, Instruction instruction, string? target)
    {
        if (!InstructionForms.TryGet(instruction, out InstructionForm? form))
        {
            AppendBytes(output, instruction);
            return;
        }
        foreach (PatternPart part in form.Pattern.Parts)
        {
            if (part.Literal is null)
                Append(output, instruction, part.Operand, target);
            else
                output.Append(part.Literal);
        }
    }

    private static void Append(StringBuilder output, Instruction instruction, Operand operand, string? target) => _ = operand switch
    {
        Operand.Dst => output.Append('r').Append((int)instruction.Dst),
        Operand.Dst32 => output.Append('w').Append((int)instruction.Dst),
        Operand.Src => output.Append('r').Append((int)instruction.Src),
        Operand.Src32 => output.Append('w').Append((int)instruction.Src),
        Operand.Offset => AppendSigned(output, instruction.Offset),
        Operand.Index => output.Append(instruction.Offset),
        Operand.Constant or Operand.Low => output.Append((int)instruction.Constant),
        Operand.HexConstant => output.Append(CultureInfo.InvariantCulture, $"0x{(uint)instruction.Constant:x}"),
        Operand.Step => AppendSigned(output, (int)instruction.Constant),
        Operand.To => output.Append((uint)instruction.Constant >> 16),
        Operand.From => output.Append((ushort)instruction.Constant),
        Operand.Wide => output.Append(CultureInfo.InvariantCulture, $"0x{instruction.Constant:x}"),
        Operand.High => AppendSigned(output, (int)(instruction.Constant >> 32)),
        Operand.HighFd => output.Append((int)(instruction.Constant >> 32)),
        Operand.Target or Operand.FarTarget => AppendTarget(output, instruction, target),
        Operand.Helper => AppendHelper(output, (int)instruction.Constant),
        _ => AppendReference(output, instruction.Reference!, operand),
    };

    private static StringBuilder AppendSigned(StringBuilder output, long value) =>
        output.Append(CultureInfo.InvariantCulture, $"{value:+0;-0}");

    private static StringBuilder AppendTarget(StringBuilder output, Instruction instruction, string? target) =>
        target is not null ? output.Append(target)
        : instruction.Reference is Label label ? output.Append(label)
        : AppendSigned(output.Append("pc"), instruction.JumpDistance);

    private static StringBuilder AppendHelper(StringBuilder output, int id) =>
        output.Append(HelperTable.TryGet(id, out HelperPrototype? helper) ? helper.Name : id == 0 ? NoHelper : UnknownHelper)
            .Append('#').Append(id);

    private static StringBuilder AppendReference(StringBuilder output, Reference reference, Operand operand) => reference switch
    {
        MapReference map when operand == Operand.Place => AppendSigned(output, map.Offset),
        MapReference map => output.Append(LineLexer.Quote(map.Name)),
        FunctionReference function => output.Append(LineLexer.Quote(function.Name)),
        KfuncReference kfunc => output.Append(kfunc.IsWeak ? "?" : "")
            .Append(kfunc.Module is null ? "" : LineLexer.Quote(kfunc.Module) + ":").Append(LineLexer.Quote(kfunc.Name)),
        KernelSymbolReference symbol => output.Append(symbol.IsWeak ? "?" : "").Append(LineLexer.Quote(symbol.Name)),
        _ => output,
    };

    private static void AppendBytes(StringBuilder output, Instruction instruction)
    {
        Span<byte> bytes = stackalloc byte[2 * InstructionEncoder.SlotSize];
        int length = InstructionEncoder.Encode(instruction, bytes);
        output.Append("unknown ").Append(Convert.ToHexStringLower(bytes[..length]));
    }
}
