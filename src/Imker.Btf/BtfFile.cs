using System.Runtime.InteropServices;
using System.Text;

namespace Imker.Btf;

/// <summary>
/// BTF, the type information of kernels and eBPF programs (<c>Documentation/bpf/btf.rst</c>), over bytes that stay the caller's and
/// must not change. Opening walks the types once and checks every reference, so that nothing that is asked for later can fail; an
/// index of names is made for a kind when one of that kind is looked for. Safe for use by several threads.
/// </summary>
public sealed partial class BtfFile
{
    /// <summary>How deep chains of typedefs, qualifiers and arrays, and anonymous structs in structs, may go.</summary>
    internal const int MaxDepth = 64;

    private readonly ReadOnlyMemory<byte> types;
    private readonly ReadOnlyMemory<byte> strings;
    private readonly int[] places;
    private readonly uint firstId;
    private readonly uint firstString;
    private int pointerSize;

    /// <param name="types">In the byte order of this machine.</param>
    /// <param name="places">The word of <paramref name="types"/> at which each type starts; it may be longer than <paramref name="count"/>.</param>
    internal BtfFile(
        string name, BtfFile? baseBtf, bool isLittleEndian, ReadOnlyMemory<byte> types, ReadOnlyMemory<byte> strings, int[] places, int count)
    {
        Name = name;
        Base = baseBtf;
        IsLittleEndian = isLittleEndian;
        this.types = types;
        this.strings = strings;
        this.places = places;
        OwnCount = count;
        firstId = baseBtf?.Count ?? 1;
        firstString = baseBtf?.StringsEnd ?? 0;
    }

    /// <summary>What messages call it.</summary>
    public string Name { get; }

    /// <summary>What a split BTF (a kernel module's) builds on: its types and strings are numbered on from there.</summary>
    public BtfFile? Base { get; }

    public bool IsLittleEndian { get; }

    /// <summary>One more than the highest type id, <c>void</c> and the base's types included.</summary>
    public uint Count => firstId + (uint)OwnCount;

    /// <summary>Types without those of the base, and without <c>void</c>.</summary>
    public int OwnCount { get; }

    /// <summary>The types of this BTF without those of its base, in the order of their ids.</summary>
    public IEnumerable<BtfType> OwnTypes
    {
        get
        {
            for (int i = 0; i < OwnCount; i++)
                yield return new BtfType(this, firstId + (uint)i, places[i]);
        }
    }

    /// <summary>Bytes of a pointer: what <c>long</c> has, else 8. BTF does not say it.</summary>
    public int PointerSize
    {
        get
        {
            if (pointerSize == 0)
                pointerSize = Base?.PointerSize ?? FindPointerSize();
            return pointerSize;
        }
    }

    /// <summary>Words that the types take, the base's included.</summary>
    internal ulong WordCount => (Base?.WordCount ?? 0) + (ulong)types.Length / sizeof(uint);

    /// <summary>Bytes of its strings, without those of the base.</summary>
    public int StringsSize => strings.Length;

    internal ReadOnlySpan<byte> StringSection => strings.Span;

    internal uint StringsEnd => firstString + (uint)strings.Length;

    /// <summary>A type by its id, of this BTF or its base.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such type.</exception>
    public BtfType this[uint id]
    {
        get
        {
            if (id < firstId)
                return Base is null ? new BtfType(this, 0, 0) : Base[id];
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(id, Count);
            return new BtfType(this, id, places[id - firstId]);
        }
    }

    /// <summary>A string by its offset, as records of <c>.BTF.ext</c> name it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The offset lies outside of the strings.</exception>
    public string GetString(uint offset) => Encoding.UTF8.GetString(StringBytes(offset));

    internal ReadOnlySpan<byte> StringBytes(uint offset)
    {
        if (offset < firstString)
            return Base!.StringBytes(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(offset, StringsEnd);
        ReadOnlySpan<byte> rest = strings.Span[(int)(offset - firstString)..];
        return rest[..rest.IndexOf((byte)0)];
    }

    internal uint TypeWord(int place) => MemoryMarshal.Cast<byte, uint>(types.Span)[place];

    // The names of compilers: GCC's and pahole's first, clang's second.
    private int FindPointerSize()
    {
        foreach (string name in (ReadOnlySpan<string>)["long unsigned int", "unsigned long", "long int", "long"])
        {
            if (TryFind(BtfKind.Int, name, out BtfType type) && type.Size is 4 or 8)
                return (int)type.Size;
        }
        return 8;
    }
}
