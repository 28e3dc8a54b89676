namespace Imker.Btf;

/// <summary>
/// Where a C compiler for a 64-bit machine would put the members of a struct: what has to be said so that it puts them where BTF
/// has them.
/// </summary>
internal sealed class BtfCLayout(BtfFile file)
{
    private static readonly (string Type, uint Bits)[] Fillers = [("long", 64), ("int", 32), ("short", 16), ("char", 8)];

    private static readonly (string Type, uint Bits) NoFiller = ("char", 0);

    // From here on one array stands for what would be many lines, and for a broken struct billions of them.
    private const ulong LongestFill = 8 * 1024;

    private readonly Dictionary<BtfType, Shape> shapes = [];

    public bool IsPacked(BtfType type) => ShapeOf(type).IsPacked;

    /// <summary>
    /// The unnamed bit-fields, such as <c>long: 64</c>, or the array that lead from one bit to another. None where alignment alone does.
    /// </summary>
    public IEnumerable<string> Padding(BtfType type, ulong from, ulong to, uint alignmentBits)
    {
        ulong natural = IsPacked(type) ? from : Align(from, alignmentBits);
        if (natural == to)
            yield break;
        // A filler of a type that is aligned more than the struct would align the struct itself on some machines.
        uint widest = 8 * AlignmentOf(type);
        while (from < to)
        {
            ulong at = from, left = to - from;
            if (at % 8 == 0 && left >= LongestFill)
            {
                yield return $"char __padding_at_{at / 8}[{left / 8}]";
                from += left / 8 * 8;
                continue;
            }
            (string filler, uint bits) = Fillers.FirstOrDefault(f => f.Bits <= widest && at % f.Bits == 0 && left >= f.Bits, NoFiller);
            if (bits == 0)
                bits = (uint)Math.Min(left, 8 - at % 8);
            yield return $"{filler}: {bits}";
            from += bits;
        }
    }

    /// <summary>Bytes.</summary>
    public uint AlignmentOf(BtfType type)
    {
        while (type.Kind == BtfKind.Array || BtfLayout.IsModifier(type.Kind))
            type = type.Target;
        return type.Kind switch
        {
            BtfKind.Struct or BtfKind.Union => ShapeOf(type).Alignment,
            BtfKind.Pointer => (uint)file.PointerSize,
            BtfKind.Int or BtfKind.Float or BtfKind.Enum or BtfKind.Enum64 => Math.Clamp(type.Size, 1, 16),
            _ => 1,
        };
    }

    private Shape ShapeOf(BtfType type)
    {
        if (shapes.TryGetValue(type, out Shape shape))
            return shape;
        BtfCPrinter.CheckDepth(type);
        // Broken types may hold themselves.
        shapes[type] = new Shape(1, IsPacked: true);
        uint alignment = 1;
        bool isPacked = false;
        foreach (BtfMember member in type.Members)
        {
            uint own = AlignmentOf(member.Type);
            alignment = Math.Max(alignment, own);
            isPacked |= member.BitfieldSize == 0 ? member.BitOffset % (8 * own) != 0 : member.BitOffset % (8 * own) + member.BitfieldSize > 8 * own;
        }
        isPacked |= type.Size % alignment != 0;
        return shapes[type] = new Shape(isPacked ? 1 : alignment, isPacked);
    }

    private static ulong Align(ulong value, uint alignment) => (value + alignment - 1) / alignment * alignment;

    private readonly record struct Shape(uint Alignment, bool IsPacked);
}
