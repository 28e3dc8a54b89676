using Imker.Bytecode.Text;

namespace Imker.Bytecode;

/// <summary>One form of an instruction: its opcode, what its fields mean, and how it is written.</summary>
public sealed class InstructionForm
{
    internal InstructionForm(
        byte opcode, byte src, short offset, int constant, ConformanceGroup group, Version? since, string text)
    {
        Group = group;
        Since = since;
        Pattern = new InstructionPattern(opcode, src, offset, constant, text);
    }

    public byte Opcode => Pattern.Opcode;

    public ConformanceGroup Group { get; }

    /// <summary>The kernel that brought it; null for what no kernel takes.</summary>
    public Version? Since { get; }

    /// <summary>Whether an instruction of this form refers to a map, a function or a symbol by name.</summary>
    public bool NamesReference => Pattern.NamesReference;

    internal InstructionPattern Pattern { get; }

    /// <summary>An instruction of this form. Values for fields that it does not have are not used.</summary>
    /// <exception cref="InvalidOperationException">The form <see cref="NamesReference"/>.</exception>
    public Instruction Create(Register dst, Register src, short offset, long constant) =>
        NamesReference
            ? throw new InvalidOperationException($"'{this}' needs a reference.")
            : Pattern.Create((byte)dst, (byte)src, offset, constant);

    /// <summary>The kernel's text with the operands in braces, such as <c>{rd} += {imm}</c>.</summary>
    public override string ToString() => Pattern.Text;
}
