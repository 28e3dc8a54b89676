using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Imker.Bytecode.Classic;

/// <summary>One instruction that Linux takes: its opcode and how it is written.</summary>
/// <param name="Code">The opcode.</param>
/// <param name="Mnemonic">Its name, the same in tcpdump's listings and in the kernel's syntax.</param>
/// <param name="Operand">What follows the name.</param>
public sealed record ClassicForm(ushort Code, string Mnemonic, ClassicOperand Operand)
{
    // All codes fit a byte.
    private static readonly ClassicForm?[] ByCode = new ClassicForm?[byte.MaxValue + 1];

    static ClassicForm()
    {
        All = [.. Memory, .. Arithmetic(), .. Jumps(), .. Rest];
        foreach (ClassicForm form in All)
            ByCode[form.Code] = form;
    }

    /// <summary>Every form, each once.</summary>
    public static ImmutableArray<ClassicForm> All { get; }

    private static ClassicForm[] Memory =>
    [
        new(ClassicOpcode.LoadAbsoluteWord, "ld", ClassicOperand.Absolute),
        new(ClassicOpcode.LoadAbsoluteHalf, "ldh", ClassicOperand.Absolute),
        new(ClassicOpcode.LoadAbsoluteByte, "ldb", ClassicOperand.Absolute),
        new(ClassicOpcode.LoadIndirectWord, "ld", ClassicOperand.Indirect),
        new(ClassicOpcode.LoadIndirectHalf, "ldh", ClassicOperand.Indirect),
        new(ClassicOpcode.LoadIndirectByte, "ldb", ClassicOperand.Indirect),
        new(ClassicOpcode.LoadImmediate, "ld", ClassicOperand.Hex),
        new(ClassicOpcode.LoadCell, "ld", ClassicOperand.Cell),
        new(ClassicOpcode.LoadLength, "ld", ClassicOperand.PacketLength),
        new(ClassicOpcode.LoadIndexImmediate, "ldx", ClassicOperand.Hex),
        new(ClassicOpcode.LoadIndexCell, "ldx", ClassicOperand.Cell),
        new(ClassicOpcode.LoadIndexLength, "ldx", ClassicOperand.PacketLength),
        new(ClassicOpcode.LoadIndexHeaderLength, "ldxb", ClassicOperand.HeaderLength),
        new(ClassicOpcode.Store, "st", ClassicOperand.Cell),
        new(ClassicOpcode.StoreIndex, "stx", ClassicOperand.Cell),
    ];

    private static ClassicForm[] Rest =>
    [
        new(ClassicOpcode.Negate, "neg", ClassicOperand.None),
        new(ClassicOpcode.Jump, "ja", ClassicOperand.Target),
        new(ClassicOpcode.Return, "ret", ClassicOperand.Decimal),
        new(ClassicOpcode.ReturnAccumulator, "ret", ClassicOperand.Accumulator),
        new(ClassicOpcode.IndexFromAccumulator, "tax", ClassicOperand.None),
        new(ClassicOpcode.AccumulatorFromIndex, "txa", ClassicOperand.None),
    ];

    /// <summary>The form of an opcode; false when Linux has no such instruction.</summary>
    public static bool TryGet(ushort code, [NotNullWhen(true)] out ClassicForm? form)
    {
        form = code < ByCode.Length ? ByCode[code] : null;
        return form is not null;
    }

    private static IEnumerable<ClassicForm> Arithmetic() => WithIndex(
        new(ClassicOpcode.Add, "add", ClassicOperand.Decimal),
        new(ClassicOpcode.Sub, "sub", ClassicOperand.Decimal),
        new(ClassicOpcode.Mul, "mul", ClassicOperand.Decimal),
        new(ClassicOpcode.Div, "div", ClassicOperand.Decimal),
        new(ClassicOpcode.Mod, "mod", ClassicOperand.Decimal),
        new(ClassicOpcode.And, "and", ClassicOperand.Hex),
        new(ClassicOpcode.Or, "or", ClassicOperand.Hex),
        new(ClassicOpcode.Xor, "xor", ClassicOperand.Hex),
        new(ClassicOpcode.ShiftLeft, "lsh", ClassicOperand.Decimal),
        new(ClassicOpcode.ShiftRight, "rsh", ClassicOperand.Decimal));

    private static IEnumerable<ClassicForm> Jumps() => WithIndex(
        new(ClassicOpcode.JumpEqual, "jeq", ClassicOperand.Hex),
        new(ClassicOpcode.JumpGreater, "jgt", ClassicOperand.Hex),
        new(ClassicOpcode.JumpGreaterOrEqual, "jge", ClassicOperand.Hex),
        new(ClassicOpcode.JumpSet, "jset", ClassicOperand.Hex));

    private static IEnumerable<ClassicForm> WithIndex(params ClassicForm[] forms) => forms.Concat(forms.Select(
        form => new ClassicForm((ushort)(form.Code | ClassicOpcode.IndexSource), form.Mnemonic, ClassicOperand.Index)));
}
