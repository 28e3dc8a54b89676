namespace Imker.Btf;

/// <summary>What a relocation asks of one path, answered: a number, and for loads and stores the size of what is there.</summary>
/// <param name="Value">The number that belongs into the instruction.</param>
/// <param name="IsCertain">The program was compiled with exactly this number; of bit-fields the compiler may choose another word.</param>
/// <param name="AccessSize">Bytes that an access takes; 0 where there is no single access.</param>
/// <param name="AccessType">What is accessed, when there is a size.</param>
internal readonly record struct CoreAspect(ulong Value, bool IsCertain = true, ulong AccessSize = 0, BtfType AccessType = default)
{
    private const int BitsOfWord = 64;

    /// <summary>The answer for a path that is there.</summary>
    /// <param name="problem">Why there is none; null mostly.</param>
    public static CoreAspect Of(CorePath path, CoreRelocationKind kind, out string? problem)
    {
        problem = null;
        switch (kind)
        {
            case CoreRelocationKind.FieldExists or CoreRelocationKind.TypeExists or CoreRelocationKind.TypeMatches or CoreRelocationKind.EnumeratorExists:
                return new CoreAspect(1);
            case CoreRelocationKind.EnumeratorValue:
                return new CoreAspect((ulong)path.Last.Type.Enumerator(path.Last.Index).Value);
            case CoreRelocationKind.TypeIdTarget:
                // Linking may have renumbered the types behind the instruction's back.
                return new CoreAspect(path.Root.Id, IsCertain: false);
            case CoreRelocationKind.TypeSize:
                return new CoreAspect(SizeOf(path.Root, ref problem));
            default:
                return path.Last.IsElement ? OfElement(path, kind, ref problem) : OfMember(path, kind, ref problem);
        }
    }

    private static CoreAspect OfElement(CorePath path, CoreRelocationKind kind, ref string? problem)
    {
        BtfType type = path.Last.Type;
        ulong size = SizeOf(type, ref problem);
        switch (kind)
        {
            case CoreRelocationKind.FieldByteOffset:
                return new CoreAspect(path.BitOffset / 8, true, size, type);
            case CoreRelocationKind.FieldByteSize:
                return new CoreAspect(size);
            default:
                problem = $"the {kind.Describe()} is no question to ask of an array's element";
                return default;
        }
    }

    private static CoreAspect OfMember(CorePath path, CoreRelocationKind kind, ref string? problem)
    {
        BtfMember member = path.Last.Type.Member(path.Last.Index);
        BtfType type = member.Type.SkipModifiers();
        ulong size = SizeOf(type, ref problem), offset = path.BitOffset / 8, bits = 8 * size;
        bool isBitfield = member.BitfieldSize > 0;
        if (isBitfield)
            (offset, size, bits) = WordOf(path.BitOffset, member.BitfieldSize, size, ref problem);
        ulong firstBit = path.BitOffset - 8 * offset;
        return kind switch
        {
            CoreRelocationKind.FieldByteOffset => isBitfield ? new CoreAspect(offset, false) : new CoreAspect(offset, true, size, type),
            CoreRelocationKind.FieldByteSize => new CoreAspect(size, !isBitfield),
            CoreRelocationKind.FieldSigned => new CoreAspect(IsSigned(type) ? 1u : 0u),
            CoreRelocationKind.FieldLeftShift => new CoreAspect(
                path.Root.Owner.IsLittleEndian ? BitsOfWord - (firstBit + bits) : (8 - size) * 8 + firstBit, !isBitfield),
            _ => new CoreAspect(BitsOfWord - bits),
        };
    }

    // The smallest aligned word that holds the whole bit-field.
    private static (ulong Offset, ulong Size, ulong Bits) WordOf(ulong bitOffset, uint bits, ulong size, ref string? problem)
    {
        if (size is not (1 or 2 or 4 or 8))
        {
            problem ??= $"a bit-field in a type of {size} bytes cannot be read";
            return default;
        }
        for (; ; size *= 2)
        {
            ulong offset = bitOffset / 8 / size * size;
            if (bitOffset + bits - 8 * offset <= 8 * size)
                return (offset, size, bits);
            if (size < 8)
                continue;
            problem ??= $"the bit-field at bit {bitOffset} cannot be read by one load of 8 bytes";
            return default;
        }
    }

    private static bool IsSigned(BtfType type) => type.Kind is BtfKind.Int or BtfKind.Enum or BtfKind.Enum64 && type.IsSigned;

    private static ulong SizeOf(BtfType type, ref string? problem)
    {
        if (!type.Owner.TryGetSize(type, out ulong size))
            problem ??= $"a type of kind {type.Kind} has no size";
        return size;
    }
}
