namespace Imker.Filter;

/// <summary>
/// One instruction of the classic machine inside a block. Mutable: the optimizer rewrites statements in place. The role of libpcap's <c>stmt</c>.
/// </summary>
public sealed class FilterStatement(ushort code, uint k = 0)
{
    /// <summary>A statement that emits nothing: the optimizer has removed it, or the generator needed a place to jump to.</summary>
    public const ushort NopCode = 0xffff;

    /// <summary>The classic opcode (<c>BPF_LD|BPF_H|BPF_ABS</c> and so on), or <see cref="NopCode"/>.</summary>
    public ushort Code { get; set; } = code;

    /// <summary>The operand: an offset, a constant, a scratch cell.</summary>
    public uint K { get; set; } = k;

    public bool IsNop => Code == NopCode;

    /// <summary>
    /// For a conditional jump among the statements of one block, where it goes when it holds: a statement of the same list, before or behind it.
    /// Only graphs that may not be optimized have such jumps (<c>protochain</c>), and live filters (<c>vlan</c> on a stripped tag).
    /// </summary>
    public FilterStatement? JumpTrue { get; set; }

    /// <summary>As <see cref="JumpTrue"/>, where it goes when it does not hold.</summary>
    public FilterStatement? JumpFalse { get; set; }

    /// <summary>
    /// For an unconditional jump (<c>BPF_JMP|BPF_JA</c>) in a list, its target in the same list; it may lie before the jump. Null otherwise.
    /// </summary>
    public FilterStatement? JumpAlways { get; set; }

    /// <summary>Makes it emit nothing.</summary>
    public void Remove() => Code = NopCode;
}
