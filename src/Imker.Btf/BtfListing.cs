using System.Text;

namespace Imker.Btf;

/// <summary>All that a BTF says, as <c>bpftool btf dump … format raw</c> lists it.</summary>
public static class BtfListing
{
    /// <summary>All types of the file without those of its base.</summary>
    public static string Format(BtfFile btf)
    {
        ArgumentNullException.ThrowIfNull(btf);
        var text = new StringBuilder();
        foreach (BtfType type in btf.OwnTypes)
            Append(text, type);
        return text.ToString();
    }

    /// <summary>One type: a line, and one for each member, value, parameter or variable.</summary>
    public static string Format(BtfType type)
    {
        var text = new StringBuilder();
        Append(text, type);
        return text.ToString();
    }

    /// <summary>A kind in capitals, as bpftool spells it.</summary>
    public static string Keyword(BtfKind kind) => kind switch
    {
        BtfKind.Pointer => "PTR",
        BtfKind.Forward => "FWD",
        BtfKind.Function => "FUNC",
        BtfKind.FunctionPrototype => "FUNC_PROTO",
        BtfKind.Variable => "VAR",
        BtfKind.DataSection => "DATASEC",
        BtfKind.DeclarationTag => "DECL_TAG",
        BtfKind.TypeTag => "TYPE_TAG",
        _ => kind.ToString().ToUpperInvariant(),
    };

    private static void Append(StringBuilder text, BtfType type)
    {
        text.Append($"[{type.Id}] {Keyword(type.Kind)} {Quoted(type.Name)}");
        switch (type.Kind)
        {
            case BtfKind.Int:
                text.Append($" size={type.Size} bits_offset={type.IntBitOffset} nr_bits={type.IntBits} encoding={EncodingOf(type)}");
                break;
            case BtfKind.Array:
                text.Append($" type_id={type.Target.Id} index_type_id={type.IndexType.Id} nr_elems={type.ElementCount}");
                break;
            case BtfKind.Struct or BtfKind.Union:
                text.Append($" size={type.Size} vlen={type.Count}");
                foreach (BtfMember m in type.Members)
                    text.Append($"\n\t{Quoted(m.Name)} type_id={m.Type.Id} bits_offset={m.BitOffset}{(m.BitfieldSize == 0 ? "" : $" bitfield_size={m.BitfieldSize}")}");
                break;
            case BtfKind.Enum or BtfKind.Enum64:
                text.Append($" encoding={(type.IsSigned ? "SIGNED" : "UNSIGNED")} size={type.Size} vlen={type.Count}");
                foreach (BtfEnumerator e in type.Enumerators)
                    text.Append($"\n\t{Quoted(e.Name)} val={ValueOf(e)}");
                break;
            case BtfKind.Forward:
                text.Append($" fwd_kind={(type.IsUnionForward ? "union" : "struct")}");
                break;
            case BtfKind.Function:
                text.Append($" type_id={type.Target.Id} linkage={type.Linkage.ToString().ToLowerInvariant()}");
                break;
            case BtfKind.FunctionPrototype:
                text.Append($" ret_type_id={type.Target.Id} vlen={type.Count}");
                foreach (BtfParameter p in type.Parameters)
                    text.Append($"\n\t{Quoted(p.Name)} type_id={p.Type.Id}");
                break;
            case BtfKind.Variable:
                text.Append($" type_id={type.Target.Id}, linkage={type.Linkage.ToString().ToLowerInvariant()}");
                break;
            case BtfKind.DataSection:
                text.Append($" size={type.Size} vlen={type.Count}");
                foreach (BtfSectionEntry e in type.SectionEntries)
                    text.Append($"\n\ttype_id={e.Variable.Id} offset={e.Offset} size={e.Size} ({Keyword(e.Variable.Kind)} {Quoted(e.Variable.Name)})");
                break;
            case BtfKind.Float:
                text.Append($" size={type.Size}");
                break;
            case BtfKind.DeclarationTag:
                text.Append($" type_id={type.Target.Id} component_idx={type.ComponentIndex}");
                break;
            default:
                text.Append($" type_id={type.Target.Id}");
                break;
        }
        text.Append('\n');
    }

    private static string Quoted(string name) => name.Length == 0 ? "'(anon)'" : $"'{name}'";

    private static string EncodingOf(BtfType type) =>
        type.IntEncoding == BtfIntEncoding.Unsigned ? "(none)" : type.IntEncoding.ToString().ToUpperInvariant();

    private static string ValueOf(BtfEnumerator e) => (e.Type.Kind, e.Type.IsSigned) switch
    {
        (BtfKind.Enum, _) => $"{e.Value}",
        (_, true) => $"{e.Value}LL",
        _ => $"{(ulong)e.Value}ULL",
    };
}
