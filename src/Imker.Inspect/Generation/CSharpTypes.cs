using Imker.Btf;

namespace Imker.Inspect;

/// <summary>Types of BTF as C#: numbers, enums, structs laid out byte for byte, arrays that lie inside of them.</summary>
internal sealed class CSharpTypes
{
    private const int DeepestType = 32;

    private readonly CSharpNames names;
    private readonly Dictionary<BtfType, string> known = [];
    private readonly Dictionary<(string Element, uint Count), string> arrays = [];
    private readonly Queue<(BtfType Type, string Name)> open = new();

    /// <param name="taken">Names that no type may have.</param>
    public CSharpTypes(params IEnumerable<string> taken) => names = new CSharpNames(taken);

    /// <summary>The C# type of values of a type; null where there is none of the same size.</summary>
    /// <param name="type">Of any kind.</param>
    /// <param name="suggestion">What a type without a name is called.</param>
    public string? NameOf(BtfType type, string suggestion, int depth = 0)
    {
        type = type.SkipModifiers();
        if (depth > DeepestType)
            return null;
        return type.Kind switch
        {
            BtfKind.Int => IntName(type),
            BtfKind.Pointer => type.Owner.PointerSize == 4 ? "uint" : "ulong",
            BtfKind.Float => type.Size switch { 4 => "float", 8 => "double", _ => BytesName(type.Size) },
            BtfKind.Enum or BtfKind.Enum64 when type.NameBytes.IsEmpty => Number(type.Size, type.IsSigned),
            BtfKind.Enum or BtfKind.Enum64 => Declared(type, type.Name),
            BtfKind.Struct or BtfKind.Union when type.Size > 0 => Declared(type, type.NameBytes.IsEmpty ? suggestion : type.Name),
            BtfKind.Array => ArrayName(type, suggestion, depth),
            _ => null,
        };
    }

    /// <summary>So many bytes that nothing is known of: a number, or an array.</summary>
    public string BytesName(ulong size) => size switch
    {
        1 => "byte",
        2 => "ushort",
        4 => "uint",
        8 => "ulong",
        _ => ArrayOf("byte", (uint)size),
    };

    /// <summary>Declares all types that were asked for, and those that they are made of.</summary>
    public void Write(CSharpText text)
    {
        while (open.TryDequeue(out (BtfType Type, string Name) next))
        {
            text.Line();
            if (next.Type.Kind is BtfKind.Enum or BtfKind.Enum64)
                WriteEnum(text, next.Type, next.Name);
            else
                new CSharpStruct(this, next.Type, next.Name).Write(text);
        }
        foreach (((string element, uint count), string name) in arrays)
            WriteArray(text, element, count, name);
    }

    private static string IntName(BtfType type) => type.IntEncoding == BtfIntEncoding.Bool && type.Size == 1
        ? "bool"
        : (type.IntEncoding & BtfIntEncoding.Char) != 0 || (type.Size == 1 && type.Name == "char") ? "byte" : Number(type.Size, (type.IntEncoding & BtfIntEncoding.Signed) != 0);

    private static string Number(uint size, bool isSigned) => (size, isSigned) switch
    {
        (1, true) => "sbyte",
        (1, false) => "byte",
        (2, true) => "short",
        (2, false) => "ushort",
        (4, true) => "int",
        (4, false) => "uint",
        (8, true) => "long",
        (8, false) => "ulong",
        (_, true) => "Int128",
        _ => "UInt128",
    };

    private string Declared(BtfType type, string name)
    {
        if (!known.TryGetValue(type, out string? given))
        {
            known.Add(type, given = names.Take(name));
            open.Enqueue((type, given));
        }
        return given;
    }

    private string? ArrayName(BtfType type, string suggestion, int depth)
    {
        ulong count = type.ElementCount;
        BtfType element = type.Target.SkipModifiers();
        while (element.Kind == BtfKind.Array && depth++ < DeepestType)
        {
            count *= element.ElementCount;
            element = element.Target.SkipModifiers();
        }
        return count is > 0 and <= int.MaxValue && NameOf(element, suggestion, depth + 1) is { } name ? ArrayOf(name, (uint)count) : null;
    }

    private string ArrayOf(string element, uint count)
    {
        if (!arrays.TryGetValue((element, count), out string? name))
            arrays.Add((element, count), name = names.Take($"{CSharpNames.Pascal(element)}Array{count}"));
        return name;
    }

    private static void WriteEnum(CSharpText text, BtfType type, string name)
    {
        var members = new CSharpNames();
        text.Summary($"enum {type.Name}");
        text.Open($"public enum {name} : {Number(type.Size, type.IsSigned)}");
        foreach (BtfEnumerator e in type.Enumerators)
            text.Line($"{members.Take(e.Name.ToLowerInvariant())} = {(type.IsSigned ? e.Value.ToString(null, null) : MaskedValue(e, type.Size))},");
        text.Close();
    }

    private static string MaskedValue(BtfEnumerator e, uint size) =>
        (size == 8 ? (ulong)e.Value : (ulong)e.Value & ((1ul << (int)(8 * size)) - 1)).ToString(null, null);

    private static void WriteArray(CSharpText text, string element, uint count, string name)
    {
        text.Line();
        text.Summary($"{count} values that lie inside of what holds them.");
        text.Line($"[InlineArray({count})]");
        text.Open($"public struct {name}");
        text.Line($"private {element} first;");
        if (element == "byte")
        {
            text.Line();
            text.Summary("The bytes up to the first zero, as text.");
            text.Open("public override readonly string ToString()");
            text.Line("ReadOnlySpan<byte> bytes = this;");
            text.Line("int end = bytes.IndexOf((byte)0);");
            text.Line("return Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]);");
            text.Close();
        }
        text.Close();
    }
}
