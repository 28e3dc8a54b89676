using System.Runtime.CompilerServices;
using System.Text;
using Imker.Diagnostics;

namespace Imker.Btf;

/// <summary>
/// Types as C: declarations, definitions, and a whole header as <c>bpftool btf dump … format c</c> writes it. What a C compiler for
/// a 64-bit machine makes of it has the sizes and offsets that BTF has; where alignment alone does not lead there, padding and
/// <c>packed</c> do. Types that nest without end or mean nothing, which only broken BTF has, give a <see cref="DiagnosticException"/>.
/// </summary>
public sealed partial class BtfCPrinter
{
    private readonly BtfFile file;
    private readonly BtfCNames names = new();
    private readonly BtfCLayout layout;
    private ulong inlinedMembers;

    private BtfCPrinter(BtfFile file)
    {
        this.file = file;
        layout = new BtfCLayout(file);
    }

    /// <summary>A declaration of something of a type: <c>int (*handler)(struct packet *, ...)</c>. With an empty name, the type alone.</summary>
    public static string Declaration(BtfType type, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new BtfCPrinter(type.Owner).Declare(type, name, indent: 0);
    }

    /// <summary>
    /// What defines a type: a struct or union with its members, an enum with its values, a typedef; of other kinds, the declaration.
    /// Without a final semicolon. A data section has none.
    /// </summary>
    public static string Definition(BtfType type) => new BtfCPrinter(type.Owner).Define(type);

    internal static void CheckDepth(BtfType type)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw Endless(type);
    }

    private static DiagnosticException Endless(BtfType type) => Unprintable(type, "is nested without end");

    private static DiagnosticException Unprintable(BtfType type, string why) => new([new Diagnostic(Severity.Error, BtfDiagnosticId.Malformed,
        SourceSpan.None, $"cannot print the types of {type.Owner.Name}: type {type.Id} {why}")]);

    private string Define(BtfType type) => type.Kind switch
    {
        BtfKind.Struct or BtfKind.Union => StructDefinition(type, indent: 0),
        BtfKind.Enum or BtfKind.Enum64 => EnumDefinition(type, indent: 0),
        BtfKind.Typedef => $"typedef {Declare(type.Target, names.Of(type), indent: 0)}",
        BtfKind.Function or BtfKind.Variable => Declare(type.Target, type.Name, indent: 0),
        _ => Declare(type, "", indent: 0),
    };

    private string StructDefinition(BtfType type, int indent)
    {
        CheckDepth(type);
        string head = Joined(type.Kind == BtfKind.Struct ? "struct" : "union", names.Of(type));
        var text = new StringBuilder(head).Append(" {");
        string tabs = new('\t', indent + 1);
        ulong end = 0;
        foreach (BtfMember member in type.Members)
        {
            foreach (string filler in PaddingBefore(type, member, end))
                text.Append($"\n{tabs}{filler};");
            text.Append($"\n{tabs}{Declare(member.Type, member.Name, indent + 1)}");
            if (member.BitfieldSize != 0)
                text.Append($": {member.BitfieldSize}");
            text.Append(';');
            end = type.Kind == BtfKind.Struct ? EndOf(member) : 0;
        }
        if (type.Kind == BtfKind.Struct)
        {
            foreach (string filler in layout.Padding(type, end, 8ul * type.Size, 8 * layout.AlignmentOf(type)))
                text.Append($"\n{tabs}{filler};");
        }
        bool isEmpty = text.Length == head.Length + 2;
        text.Append(isEmpty ? "}" : $"\n{tabs[1..]}}}");
        return text.Append(layout.IsPacked(type) ? " __attribute__((packed))" : "").ToString();
    }

    private IEnumerable<string> PaddingBefore(BtfType type, BtfMember member, ulong end)
    {
        uint alignment = member.BitfieldSize == 0 ? 8 * layout.AlignmentOf(member.Type) : 1;
        return layout.Padding(type, end, member.BitOffset, alignment);
    }

    private ulong EndOf(BtfMember member)
    {
        if (member.BitfieldSize != 0)
            return member.BitOffset + member.BitfieldSize;
        return file.TryGetSize(member.Type, out ulong size) ? member.BitOffset + 8 * size : member.BitOffset;
    }

    private string EnumDefinition(BtfType type, int indent)
    {
        var text = new StringBuilder(Joined("enum", names.Of(type))).Append(" {");
        string tabs = new('\t', indent + 1);
        bool fitsInt = true;
        foreach (BtfEnumerator e in type.Enumerators)
        {
            fitsInt &= e.Value is >= int.MinValue and <= uint.MaxValue;
            text.Append($"\n{tabs}{names.OfEnumerator(e)} = {ValueOf(e)},");
        }
        text.Append($"\n{tabs[1..]}}}");
        return text.Append(type.Size switch
        {
            1 => " __attribute__((mode(byte)))",
            2 => " __attribute__((mode(HI)))",
            8 when fitsInt => " __attribute__((mode(word)))",
            _ => "",
        }).ToString();
    }

    private static string ValueOf(BtfEnumerator e) => (e.Type.Kind, e.Type.IsSigned) switch
    {
        (BtfKind.Enum, _) => $"{e.Value}",
        (_, true) => $"{e.Value}LL",
        _ => $"{(ulong)e.Value}ULL",
    };

    private static string Joined(string left, string right) => (left.Length, right.Length) switch
    {
        (0, _) => right,
        (_, 0) => left,
        _ => $"{left} {right}",
    };
}
