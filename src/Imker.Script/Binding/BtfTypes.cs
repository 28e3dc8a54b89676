using Imker.Btf;
using Imker.Objects;
using Imker.Script.Types;

namespace Imker.Script.Binding;

/// <summary>Script types for what the kernel's BTF describes.</summary>
internal static class BtfTypes
{
    // Chains of pointers and arrays in BTF from outside could be as long as the file.
    private const int MaxDepth = 32;

    public static ScriptType Of(BtfType type, int depth = 0)
    {
        type = type.SkipModifiers();
        if (depth > MaxDepth)
            return ScriptType.None;
        return type.Kind switch
        {
            BtfKind.Int when (type.IntEncoding & BtfIntEncoding.Bool) != 0 => ScriptType.Boolean,
            BtfKind.Int when type.Size is 1 or 2 or 4 or 8 => IntegerType.Of((int)type.Size, type.IsSigned),
            BtfKind.Int or BtfKind.Float => Bytes(type.Size),
            BtfKind.Pointer => new PointerType(type.Target.SkipModifiers().Kind is BtfKind.Function or BtfKind.FunctionPrototype
                ? ScriptType.None
                : Of(type.Target, depth + 1), AddressSpace.Unknown),
            BtfKind.Array => ArrayOf(type, depth),
            BtfKind.Struct or BtfKind.Union => new StructType(type.Name, (int)type.Size, type.Kind == BtfKind.Union, new BtfStructLayout(type)),
            BtfKind.Enum or BtfKind.Enum64 => new EnumType(type.Name, (int)type.Size, type.IsSigned,
                [.. type.Enumerators.Select(enumerator => new EnumName(enumerator.Value, enumerator.Name))]),
            _ => ScriptType.None,
        };
    }

    private static ScriptType ArrayOf(BtfType type, int depth)
    {
        ScriptType element = Of(type.Target, depth + 1);
        int count = (int)Math.Min(type.ElementCount, int.MaxValue / Math.Max(1, element.Size));
        return element is IntegerType { Bytes: 1 } && IsChar(type.Target) && count > 0 ? new StringType(count) : new ArrayType(element, count);
    }

    private static bool IsChar(BtfType type)
    {
        while (type.Kind is BtfKind.Const or BtfKind.Volatile or BtfKind.TypeTag)
            type = type.Target;
        return type.Kind == BtfKind.Int && type.NameBytes.SequenceEqual("char"u8);
    }

    private static ArrayType Bytes(uint size) => new(ScriptType.UInt8, (int)size);

    private sealed class BtfStructLayout(BtfType type) : IStructLayout
    {
        private IReadOnlyList<StructField>? fields;

        public IReadOnlyList<StructField> Fields => fields ??= [.. FieldsOf(type, 0, 0)];

        public StructField? Find(string name) => type.Owner.TryFindMember(type, name, out BtfField field)
            ? FieldOf(name, field.Type, (uint)field.BitOffset, field.BitfieldSize)
            : null;

        private static IEnumerable<StructField> FieldsOf(BtfType structure, uint start, int depth)
        {
            foreach (BtfMember member in structure.Members)
            {
                BtfType inner = member.Type.SkipModifiers();
                if (!member.NameBytes.IsEmpty)
                {
                    yield return FieldOf(member.Name, member.Type, start + member.BitOffset, member.BitfieldSize);
                }
                else if (depth < MaxDepth && inner.Kind is BtfKind.Struct or BtfKind.Union)
                {
                    foreach (StructField field in FieldsOf(inner, start + member.BitOffset, depth + 1))
                        yield return field;
                }
            }
        }
    }

    private static StructField FieldOf(string name, BtfType type, uint bitOffset, uint bitSize) =>
        StructFields.Place(name, Of(type), bitOffset, (int)bitSize);
}

/// <summary>Where fields of structures stand.</summary>
internal static class StructFields
{
    /// <summary>A field at a bit; of a bit field the offset is that of the aligned integer that holds it.</summary>
    public static StructField Place(string name, ScriptType type, uint bitOffset, int bitSize)
    {
        if (bitSize == 0)
            return new StructField(name, type, (int)(bitOffset / 8));
        IntegerType holder = TypeJoin.IntegerOf(type);
        int unit = 8 * holder.Bytes;
        int start = (int)(bitOffset / unit) * unit;
        return new StructField(name, type, start / 8, (int)bitOffset - start, bitSize);
    }
}
