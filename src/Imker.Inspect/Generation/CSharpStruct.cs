using Imker.Btf;

namespace Imker.Inspect;

/// <summary>A struct or union as C#: each member at its offset, those of anonymous parts among the others, bit-fields as properties.</summary>
internal sealed class CSharpStruct(CSharpTypes types, BtfType type, string name)
{
    private const int DeepestPart = 16;

    // Names that every struct has already.
    private readonly CSharpNames members = new(name, "From", "Equals", "GetHashCode", "GetType", "ToString", "MemberwiseClone", "ReferenceEquals", "Finalize");
    private readonly HashSet<(uint Offset, uint Size)> stored = [];

    public void Write(CSharpText text)
    {
        text.Summary($"{(type.Kind == BtfKind.Union ? "union" : "struct")} {(type.NameBytes.IsEmpty ? "without a name" : type.Name)}, {type.Size} bytes");
        text.Line($"[StructLayout(LayoutKind.Explicit, Size = {type.Size})]");
        text.Open($"public struct {name}");
        WriteMembers(text, type, 0, 0);
        text.Summary("The struct at the beginning of a record.");
        text.Line($"public static ref readonly {name} From(ReadOnlySpan<byte> record) => ref MemoryMarshal.AsRef<{name}>(record);");
        text.Close();
    }

    private void WriteMembers(CSharpText text, BtfType part, uint bits, int depth)
    {
        foreach (BtfMember member in part.Members)
        {
            BtfType what = member.Type.SkipModifiers();
            if (member.NameBytes.IsEmpty)
            {
                if (what.Kind is BtfKind.Struct or BtfKind.Union && depth < DeepestPart)
                    WriteMembers(text, what, bits + member.BitOffset, depth + 1);
            }
            else if (member.BitfieldSize != 0)
            {
                WriteBitfield(text, member, what, bits + member.BitOffset);
            }
            else if (types.NameOf(what, name + CSharpNames.Pascal(member.Name)) is { } field)
            {
                text.Line($"[FieldOffset({(bits + member.BitOffset) / 8})]");
                text.Line($"public {field} {members.Take(member.Name)};");
                text.Line();
            }
        }
    }

    // The bits lie in a number of the declared type's size and alignment.
    private void WriteBitfield(CSharpText text, BtfMember member, BtfType what, uint bit)
    {
        uint size = what.Kind is BtfKind.Int or BtfKind.Enum or BtfKind.Enum64 && what.Size is 1 or 2 or 4 or 8 ? what.Size : 8;
        uint offset = bit / (8 * size) * size, shift = bit - 8 * offset;
        if (shift + member.BitfieldSize > 8 * size || offset + size > type.Size)
            return;
        string unit = size switch { 1 => "byte", 2 => "ushort", 4 => "uint", _ => "ulong" }, store = $"bits{offset}of{size}";
        if (stored.Add((offset, size)))
        {
            text.Line($"[FieldOffset({offset})]");
            text.Line($"private {unit} {store};");
            text.Line();
        }
        bool isSigned = what.Kind == BtfKind.Int && what.IsSigned;
        uint width = member.BitfieldSize;
        ulong mask = width == 64 ? ulong.MaxValue : (1ul << (int)width) - 1;
        text.Summary($"{width} {(width == 1 ? "bit" : "bits")}.");
        text.Open($"public {(isSigned ? "long" : "ulong")} {members.Take(member.Name)}");
        text.Line(isSigned
            ? $"readonly get => (long)((ulong){store} >> {shift} << {64 - width}) >> {64 - width};"
            : $"readonly get => (ulong){store} >> {shift} & 0x{mask:x};");
        text.Line($"set => {store} = ({unit})(((ulong){store} & ~(0x{mask:x}ul << {shift})) | (((ulong)value & 0x{mask:x}) << {shift}));");
        text.Close();
        text.Line();
    }
}
