using System.Text;

namespace Imker.Btf;

/// <summary>A member of a struct or union.</summary>
public readonly struct BtfMember
{
    private readonly BtfFile owner;
    private readonly uint nameOffset;
    private readonly uint typeId;
    private readonly uint place;
    private readonly bool hasBitfieldSize;

    internal BtfMember(BtfFile owner, int index, uint nameOffset, uint typeId, uint place, bool hasBitfieldSize)
    {
        this.owner = owner;
        Index = index;
        this.nameOffset = nameOffset;
        this.typeId = typeId;
        this.place = place;
        this.hasBitfieldSize = hasBitfieldSize;
    }

    /// <summary>Its place among the members, as CO-RE access strings number them.</summary>
    public int Index { get; }

    /// <summary>Empty for an anonymous struct or union, whose members count as the outer one's.</summary>
    public string Name => Encoding.UTF8.GetString(NameBytes);

    public ReadOnlySpan<byte> NameBytes => owner.StringBytes(nameOffset);

    public BtfType Type => owner[typeId];

    /// <summary>From the start of the struct to the first bit.</summary>
    public uint BitOffset => (hasBitfieldSize ? place & 0xff_ffff : place) + (OldBitfield is { } old ? (uint)old.IntBitOffset : 0);

    /// <summary>Bits of a bit-field; 0 for any other member.</summary>
    public uint BitfieldSize => hasBitfieldSize ? place >> 24 : OldBitfield is { } old ? (uint)old.IntBits : 0;

    // Before kflag, a bit-field had an integer type of its own, narrower than its bytes.
    private BtfType? OldBitfield
    {
        get
        {
            if (hasBitfieldSize)
                return null;
            BtfType type = Type.SkipModifiers();
            return type.Kind == BtfKind.Int && (type.IntBitOffset != 0 || type.IntBits != 8 * type.Size) ? type : null;
        }
    }

    public override string ToString() => $"'{Name}' type_id={typeId} bits_offset={BitOffset}";
}

/// <summary>A value of an enum.</summary>
public readonly struct BtfEnumerator
{
    internal BtfEnumerator(BtfType type, uint nameOffset, long value)
    {
        Type = type;
        NameOffset = nameOffset;
        Value = value;
    }

    /// <summary>The enum that it belongs to.</summary>
    public BtfType Type { get; }

    public string Name => Encoding.UTF8.GetString(NameBytes);

    public ReadOnlySpan<byte> NameBytes => Type.Owner.StringBytes(NameOffset);

    /// <summary>The value; of an unsigned 64-bit enum, its bits.</summary>
    public long Value { get; }

    internal uint NameOffset { get; }

    public override string ToString() => Type.IsSigned ? $"{Name} = {Value}" : $"{Name} = {(ulong)Value}";
}

/// <summary>A parameter of a function prototype.</summary>
public readonly record struct BtfParameter(string Name, BtfType Type)
{
    /// <summary>The end of a list that goes on: <c>…</c></summary>
    public bool IsVariadic => Type.IsVoid;
}

/// <summary>A variable of a data section.</summary>
/// <param name="Offset">Bytes from the start of the section.</param>
/// <param name="Size">Bytes.</param>
public readonly record struct BtfSectionEntry(BtfType Variable, uint Offset, uint Size);
