using Imker.Bytecode;

namespace Imker.Linux;

/// <summary>What BPF_PROG_LOAD is told.</summary>
public readonly ref struct ProgramParameters
{
    /// <summary>Bytes of a function info record: slot, type id.</summary>
    internal const int FunctionInfoSize = 8;

    /// <summary>Bytes of a line info record: slot, file name offset, text offset, line and column.</summary>
    internal const int LineInfoSize = 16;

    public ProgramParameters()
    {
    }

    /// <summary>Shown by the kernel's listings, cut to fifteen characters.</summary>
    public required string Name { get; init; }

    public required ProgramType Type { get; init; }

    /// <summary>Slots of eight bytes, every reference resolved to a number.</summary>
    public required ReadOnlySpan<byte> Instructions { get; init; }

    /// <summary>Helpers marked <c>gpl_only</c> need a compatible one.</summary>
    public string License { get; init; } = "GPL";

    public AttachType? ExpectedAttachType { get; init; }

    /// <summary>What the program is typed by, in the kernel's BTF; 0 for most types.</summary>
    public uint AttachBtfId { get; init; }

    /// <summary>The program that <see cref="AttachBtfId"/> is a function of; null when that is the kernel's.</summary>
    public KernelProgram? AttachedProgram { get; init; }

    /// <summary>May sleep (<c>BPF_F_SLEEPABLE</c>).</summary>
    public bool IsSleepable { get; init; }

    /// <summary>Takes packets that lie in several pieces (<c>BPF_F_XDP_HAS_FRAGS</c>).</summary>
    public bool TakesFragments { get; init; }

    /// <summary>The types that <see cref="FunctionInfo"/> and <see cref="LineInfo"/> refer to.</summary>
    public BtfHandle? Btf { get; init; }

    /// <summary>Records of two 32-bit numbers, one for each function, ascending by slot.</summary>
    public ReadOnlySpan<byte> FunctionInfo { get; init; }

    /// <summary>Records of four 32-bit numbers, ascending by slot.</summary>
    public ReadOnlySpan<byte> LineInfo { get; init; }
}
