using System.Collections.Immutable;
using System.Text;

namespace Imker.Btf;

/// <summary>
/// One type of a <see cref="BtfFile"/>: a view of its bytes, nothing is copied before it is asked for. A member that the type's kind
/// does not have throws <see cref="InvalidOperationException"/>.
/// </summary>
public readonly struct BtfType : IEquatable<BtfType>
{
    private readonly int place;

    internal BtfType(BtfFile owner, uint id, int place)
    {
        Owner = owner;
        Id = id;
        this.place = place;
    }

    /// <summary>The BTF that holds the type: of a type of a split BTF's base, the base.</summary>
    public BtfFile Owner { get; }

    /// <summary>Its number; 0 is <c>void</c>.</summary>
    public uint Id { get; }

    public BtfKind Kind => KindOf(Info);

    public bool IsVoid => Id == 0;

    /// <summary>Empty for an anonymous type.</summary>
    public string Name => Encoding.UTF8.GetString(NameBytes);

    public ReadOnlySpan<byte> NameBytes => Id == 0 ? default : Owner.StringBytes(NameOffset);

    /// <summary>
    /// Bytes, of a kind that says so itself (integers, structs, unions, enums, floats, data sections); for all others see
    /// <see cref="BtfFile.TryGetSize"/>.
    /// </summary>
    public uint Size => BtfLayout.HasSize(Kind) ? Word(2) : throw Wrong("size of its own");

    /// <summary>
    /// What a pointer, typedef, qualifier, tag, function or variable refers to; what a function prototype returns; an array's element.
    /// </summary>
    public BtfType Target => Kind switch
    {
        BtfKind.Array => Owner[Word(BtfLayout.HeaderWords)],
        var kind when BtfLayout.HasTarget(kind) => Owner[Word(2)],
        _ => throw Wrong("target"),
    };

    /// <summary>How many elements an array has.</summary>
    public uint ElementCount => Kind == BtfKind.Array ? Word(BtfLayout.HeaderWords + 2) : throw Wrong("elements");

    /// <summary>The integer type that an array is indexed with.</summary>
    public BtfType IndexType => Kind == BtfKind.Array ? Owner[Word(BtfLayout.HeaderWords + 1)] : throw Wrong("index");

    public BtfIntEncoding IntEncoding => Kind == BtfKind.Int
        ? (BtfIntEncoding)(Word(BtfLayout.HeaderWords) >> 24 & 0xf)
        : throw Wrong("integer encoding");

    /// <summary>How many bits of an integer count, mostly all.</summary>
    public int IntBits => Kind == BtfKind.Int ? (int)(Word(BtfLayout.HeaderWords) & 0xff) : throw Wrong("bits");

    /// <summary>The first bit of an integer that counts, mostly 0.</summary>
    public int IntBitOffset => Kind == BtfKind.Int ? (int)(Word(BtfLayout.HeaderWords) >> 16 & 0xff) : throw Wrong("bits");

    /// <summary>Whether an integer or an enum has a sign.</summary>
    public bool IsSigned => Kind switch
    {
        BtfKind.Int => (IntEncoding & BtfIntEncoding.Signed) != 0,
        BtfKind.Enum or BtfKind.Enum64 => KindFlag,
        _ => throw Wrong("sign"),
    };

    /// <summary>Whether a forward declaration is of a union, and not of a struct.</summary>
    public bool IsUnionForward => Kind == BtfKind.Forward ? KindFlag : throw Wrong("forward kind");

    public BtfLinkage Linkage => Kind switch
    {
        BtfKind.Function => (BtfLinkage)Count,
        BtfKind.Variable => (BtfLinkage)Word(BtfLayout.HeaderWords),
        _ => throw Wrong("linkage"),
    };

    /// <summary>Which member or parameter a declaration tag is for; −1 when it is for the whole.</summary>
    public int ComponentIndex => Kind == BtfKind.DeclarationTag ? (int)Word(BtfLayout.HeaderWords) : throw Wrong("component");

    /// <summary>
    /// <c>kflag</c>: of a struct, that its members carry their bit-field sizes; of a tag, that it stands for any attribute.
    /// </summary>
    public bool KindFlag => (Info & BtfLayout.KindFlag) != 0;

    /// <summary>How many members, enumerators, parameters or variables the type has.</summary>
    public int Count => CountOf(Info);

    /// <summary>The members of a struct or union, in the order of declaration; each call makes the array anew.</summary>
    public ImmutableArray<BtfMember> Members
    {
        get
        {
            int count = Kind is BtfKind.Struct or BtfKind.Union ? Count : throw Wrong("members");
            var members = ImmutableArray.CreateBuilder<BtfMember>(count);
            for (int i = 0; i < count; i++)
                members.Add(Member(i));
            return members.MoveToImmutable();
        }
    }

    /// <summary>The values of an enum of either width; each call makes the array anew.</summary>
    public ImmutableArray<BtfEnumerator> Enumerators
    {
        get
        {
            int count = Kind is BtfKind.Enum or BtfKind.Enum64 ? Count : throw Wrong("enumerators");
            var enumerators = ImmutableArray.CreateBuilder<BtfEnumerator>(count);
            for (int i = 0; i < count; i++)
                enumerators.Add(Enumerator(i));
            return enumerators.MoveToImmutable();
        }
    }

    /// <summary>
    /// The parameters of a function prototype; each call makes the array anew. A last one without name and type stands for <c>…</c>.
    /// </summary>
    public ImmutableArray<BtfParameter> Parameters
    {
        get
        {
            int count = Kind == BtfKind.FunctionPrototype ? Count : throw Wrong("parameters");
            var parameters = ImmutableArray.CreateBuilder<BtfParameter>(count);
            for (int i = 0; i < count; i++)
            {
                int at = BtfLayout.HeaderWords + i * BtfLayout.ParameterWords;
                parameters.Add(new BtfParameter(Owner.GetString(Word(at)), Owner[Word(at + 1)]));
            }
            return parameters.MoveToImmutable();
        }
    }

    /// <summary>The variables of a data section; each call makes the array anew.</summary>
    public ImmutableArray<BtfSectionEntry> SectionEntries
    {
        get
        {
            int count = Kind == BtfKind.DataSection ? Count : throw Wrong("variables");
            var entries = ImmutableArray.CreateBuilder<BtfSectionEntry>(count);
            for (int i = 0; i < count; i++)
            {
                int at = BtfLayout.HeaderWords + i * BtfLayout.SectionEntryWords;
                entries.Add(new BtfSectionEntry(Owner[Word(at)], Word(at + 1), Word(at + 2)));
            }
            return entries.MoveToImmutable();
        }
    }

    internal uint NameOffset => Word(0);

    private uint Info => Id == 0 ? 0 : Word(1);

    /// <summary>The type behind typedefs, qualifiers and type tags.</summary>
    public BtfType SkipModifiers()
    {
        BtfType type = this;
        while (BtfLayout.IsModifier(type.Kind))
            type = type.Target;
        return type;
    }

    public bool Equals(BtfType other) => ReferenceEquals(Owner, other.Owner) && Id == other.Id;

    public override bool Equals(object? obj) => obj is BtfType other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Owner, Id);

    public static bool operator ==(BtfType left, BtfType right) => left.Equals(right);

    public static bool operator !=(BtfType left, BtfType right) => !left.Equals(right);

    /// <summary>As <c>bpftool btf dump</c> begins a line: <c>[3] STRUCT 'list_head'</c>.</summary>
    public override string ToString() => $"[{Id}] {Kind} '{(NameBytes.IsEmpty ? "(anon)" : Name)}'";

    internal static BtfKind KindOf(uint info) => (BtfKind)(info >> 24 & 0x1f);

    internal static int CountOf(uint info) => (int)(info & 0xffff);

    internal BtfMember Member(int index)
    {
        int at = BtfLayout.HeaderWords + index * BtfLayout.MemberWords;
        return new BtfMember(Owner, index, Word(at), Word(at + 1), Word(at + 2), KindFlag);
    }

    internal BtfType Parameter(int index) => Owner[Word(BtfLayout.HeaderWords + index * BtfLayout.ParameterWords + 1)];

    internal BtfEnumerator Enumerator(int index)
    {
        if (Kind == BtfKind.Enum)
        {
            int at = BtfLayout.HeaderWords + index * BtfLayout.EnumeratorWords;
            int value = (int)Word(at + 1);
            return new BtfEnumerator(this, Word(at), KindFlag ? value : (uint)value);
        }
        int at64 = BtfLayout.HeaderWords + index * BtfLayout.Enumerator64Words;
        return new BtfEnumerator(this, Word(at64), (long)((ulong)Word(at64 + 2) << 32 | Word(at64 + 1)));
    }

    /// <summary>The words as they stand in the BTF, in the byte order of this machine.</summary>
    internal uint[] ToWords()
    {
        uint[] words = new uint[BtfLayout.WordsOf(Kind, Info)];
        for (int i = 0; i < words.Length; i++)
            words[i] = Word(i);
        return words;
    }

    private uint Word(int at) => Owner.TypeWord(place + at);

    private InvalidOperationException Wrong(string what) => new($"A type of kind {Kind} has no {what}.");
}
