using Imker.Btf;
using Imker.Rendering;

namespace Imker.Inspect;

/// <summary>A type of BTF as JSON, with the keys of bpftool.</summary>
internal static class TypeRecord
{
    private const string Anonymous = "(anon)";

    public static OutputValue Of(BtfType type)
    {
        var record = new RecordBuilder().Add("id", type.Id).Add("kind", BtfListing.Keyword(type.Kind)).Add("name", NameOf(type.Name));
        switch (type.Kind)
        {
            case BtfKind.Int:
                record.Add("size", type.Size).Add("bits_offset", (ulong)type.IntBitOffset).Add("nr_bits", (ulong)type.IntBits)
                    .Add("encoding", type.IntEncoding == BtfIntEncoding.Unsigned ? "(none)" : type.IntEncoding.ToString().ToUpperInvariant());
                break;
            case BtfKind.Array:
                record.Add("type_id", type.Target.Id).Add("index_type_id", type.IndexType.Id).Add("nr_elems", type.ElementCount);
                break;
            case BtfKind.Struct or BtfKind.Union:
                record.Add("size", type.Size).Add("vlen", (ulong)type.Count).Add("members", List(type.Members.Select(Member)));
                break;
            case BtfKind.Enum or BtfKind.Enum64:
                record.Add("encoding", type.IsSigned ? "SIGNED" : "UNSIGNED").Add("size", type.Size).Add("vlen", (ulong)type.Count)
                    .Add("values", List(type.Enumerators.Select(Value)));
                break;
            case BtfKind.Forward:
                record.Add("fwd_kind", type.IsUnionForward ? "union" : "struct");
                break;
            case BtfKind.Function:
                record.Add("type_id", type.Target.Id).Add("linkage", Linkage(type));
                break;
            case BtfKind.FunctionPrototype:
                record.Add("ret_type_id", type.Target.Id).Add("vlen", (ulong)type.Count)
                    .Add("params", List(type.Parameters.Select(p => new RecordBuilder().Add("name", NameOf(p.Name)).Add("type_id", p.Type.Id).Build())));
                break;
            case BtfKind.Variable:
                record.Add("type_id", type.Target.Id).Add("linkage", Linkage(type));
                break;
            case BtfKind.DataSection:
                record.Add("size", type.Size).Add("vlen", (ulong)type.Count).Add("vars", List(type.SectionEntries.Select(Variable)));
                break;
            case BtfKind.Float:
                record.Add("size", type.Size);
                break;
            case BtfKind.DeclarationTag:
                record.Add("type_id", type.Target.Id).Add("component_idx", OutputValue.Signed(type.ComponentIndex));
                break;
            default:
                record.Add("type_id", type.Target.Id);
                break;
        }
        return record.Build();
    }

    private static OutputValue Member(BtfMember member) => new RecordBuilder().Add("name", NameOf(member.Name)).Add("type_id", member.Type.Id)
        .Add("bits_offset", member.BitOffset).AddIf(member.BitfieldSize != 0, "bitfield_size", member.BitfieldSize).Build();

    private static OutputValue Value(BtfEnumerator value) => new RecordBuilder().Add("name", NameOf(value.Name))
        .Add("val", value.Type.IsSigned || value.Value >= 0 ? OutputValue.Signed(value.Value) : OutputValue.Unsigned((ulong)value.Value)).Build();

    private static OutputValue Variable(BtfSectionEntry entry) =>
        new RecordBuilder().Add("type_id", entry.Variable.Id).Add("offset", entry.Offset).Add("size", entry.Size).Build();

    private static OutputValue List(IEnumerable<OutputValue> items) => OutputValue.Array([.. items]);

    private static string NameOf(string name) => name.Length == 0 ? Anonymous : name;

    private static string Linkage(BtfType type) => type.Linkage.ToString().ToLowerInvariant();
}
