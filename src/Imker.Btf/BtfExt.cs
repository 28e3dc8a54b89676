using System.Collections.Immutable;

namespace Imker.Btf;

/// <summary>Which function starts at an instruction (<c>struct bpf_func_info</c>).</summary>
/// <param name="Slot">In slots of 8 bytes from the start of the section or program.</param>
/// <param name="TypeId">A type of kind <see cref="BtfKind.Function"/>.</param>
public readonly record struct BtfFunctionInfo(uint Slot, uint TypeId);

/// <summary>Which source line an instruction comes from (<c>struct bpf_line_info</c>).</summary>
/// <param name="Slot">In slots of 8 bytes from the start of the section or program.</param>
/// <param name="FileName">Offset of a string.</param>
/// <param name="Text">Offset of a string: the line itself.</param>
/// <param name="Line">One-based; at most <see cref="MaxLine"/>.</param>
/// <param name="Column">One-based, 0 when unknown; at most <see cref="MaxColumn"/>.</param>
public readonly record struct BtfLineInfo(uint Slot, uint FileName, uint Text, uint Line, uint Column)
{
    public const uint MaxLine = (1 << 22) - 1;

    public const uint MaxColumn = (1 << ColumnBits) - 1;

    private const int ColumnBits = 10;

    /// <summary>Line and column in one word; what does not fit is told as the highest that does.</summary>
    internal uint Place => Math.Min(Line, MaxLine) << ColumnBits | Math.Min(Column, MaxColumn);

    internal static BtfLineInfo Decode(uint slot, uint fileName, uint text, uint place) =>
        new(slot, fileName, text, place >> ColumnBits, place & MaxColumn);
}

/// <summary>What a CO-RE relocation asks of the target's types (<c>enum bpf_core_relo_kind</c>).</summary>
public enum CoreRelocationKind : uint
{
    FieldByteOffset = 0,
    FieldByteSize = 1,
    FieldExists = 2,
    FieldSigned = 3,
    FieldLeftShift = 4,
    FieldRightShift = 5,
    TypeIdLocal = 6,
    TypeIdTarget = 7,
    TypeExists = 8,
    TypeSize = 9,
    EnumeratorExists = 10,
    EnumeratorValue = 11,
    TypeMatches = 12,
}

/// <summary>An instruction whose constant depends on the target's types (<c>struct bpf_core_relo</c>).</summary>
/// <param name="Slot">In slots of 8 bytes from the start of the section.</param>
/// <param name="TypeId">The type that the access starts from, as the program was compiled with it.</param>
/// <param name="AccessString">Offset of a string such as <c>0:2:1</c>; see <see cref="BtfField.AccessString"/>.</param>
public readonly record struct CoreRelocation(uint Slot, uint TypeId, uint AccessString, CoreRelocationKind Kind);

/// <summary>What <c>.BTF.ext</c> says of one section of code.</summary>
/// <param name="Name">Offset of the section's name among the strings of <c>.BTF</c>.</param>
public sealed record BtfExtSection(uint Name)
{
    /// <summary>Ascending by slot.</summary>
    public ImmutableArray<BtfFunctionInfo> Functions { get; init; } = [];

    /// <summary>Ascending by slot.</summary>
    public ImmutableArray<BtfLineInfo> Lines { get; init; } = [];

    public ImmutableArray<CoreRelocation> Relocations { get; init; } = [];
}

/// <summary>The section <c>.BTF.ext</c>: functions, lines and relocations of each section of code. Strings stand in <c>.BTF</c>.</summary>
public sealed partial record BtfExt(ImmutableArray<BtfExtSection> Sections)
{
    /// <summary>Bytes of a function record, as <c>func_info_rec_size</c> tells the kernel.</summary>
    public const int FunctionRecordSize = 8;

    /// <summary>Bytes of a line record, as <c>line_info_rec_size</c> tells the kernel.</summary>
    public const int LineRecordSize = 16;

    private const int RelocationRecordSize = 16;
    private const int HeaderSize = 32;
    private const int HeaderSizeWithoutRelocations = 24;
    private const int InstructionSize = 8;
}
