using System.Collections;
using Imker.Diagnostics;

namespace Imker.Elf;

/// <summary>A symbol table as it stands in the file, in its order; the null symbol is number 0.</summary>
public sealed class ElfSymbolList : IReadOnlyList<ElfSymbol>
{
    internal const ushort OldVersionBit = 0x8000; // VERSYM_HIDDEN

    internal static readonly ElfSymbolList Empty = new(default, default, default, default, default);

    private readonly ElfEncoding encoding;
    private readonly ReadOnlyMemory<byte> entries;
    private readonly ElfStringTable names;
    private readonly ReadOnlyMemory<byte> versions;
    private readonly ReadOnlyMemory<byte> sectionIndexes;

    internal ElfSymbolList(
        ElfEncoding encoding, ReadOnlyMemory<byte> entries, ElfStringTable names, ReadOnlyMemory<byte> versions, ReadOnlyMemory<byte> sectionIndexes)
    {
        this.encoding = encoding;
        this.entries = entries;
        this.names = names;
        this.versions = versions;
        this.sectionIndexes = sectionIndexes;
        Count = entries.Length / ElfSymbol.SizeOf(encoding);
    }

    public int Count { get; }

    /// <exception cref="DiagnosticException">The name's offset lies outside of the string table.</exception>
    public ElfSymbol this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            int size = ElfSymbol.SizeOf(encoding);
            ReadOnlySpan<byte> entry = entries.Span.Slice(index * size, size);
            ReadOnlyMemory<byte> name = WithoutVersion(names.At(encoding.U32(entry, 0)), out bool isOldVersion);
            return new ElfSymbol(encoding, entry, name, isOldVersion || HasOldVersionBit(index), ExtendedSectionOf(entry, index));
        }
    }

    public IEnumerator<ElfSymbol> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    // The linker writes versions into the names of .symtab: name@@VERSION is the one that new programs get, name@VERSION an old one.
    private static ReadOnlyMemory<byte> WithoutVersion(ReadOnlyMemory<byte> name, out bool isOldVersion)
    {
        int at = name.Span.IndexOf((byte)'@');
        isOldVersion = at > 0 && !name.Span[at..].StartsWith("@@"u8);
        return at > 0 ? name[..at] : name;
    }

    private bool HasOldVersionBit(int index) =>
        2 * index + 2 <= versions.Length && (encoding.U16(versions.Span, 2 * index) & OldVersionBit) != 0;

    private int? ExtendedSectionOf(ReadOnlySpan<byte> entry, int index)
    {
        bool isExtended = encoding.U16(entry, encoding.Is64Bit ? 6 : 14) == ElfSymbol.ExtendedSection;
        return isExtended && 4 * index + 4 <= sectionIndexes.Length ? (int)encoding.U32(sectionIndexes.Span, 4 * index) : null;
    }
}
