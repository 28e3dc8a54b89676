using System.Text;

namespace Imker.Elf;

/// <summary>What a symbol names (<c>STT_…</c>).</summary>
public enum ElfSymbolType : byte
{
    None = 0,
    Object = 1,
    Function = 2,
    Section = 3,
    File = 4,
    Common = 5,
    Tls = 6,
    /// <summary><c>STT_GNU_IFUNC</c>: the function at the value returns the address of the one that is used.</summary>
    IndirectFunction = 10,
}

/// <summary><c>STB_…</c></summary>
public enum ElfSymbolBinding : byte
{
    Local = 0,
    Global = 1,
    Weak = 2,
    /// <summary><c>STB_GNU_UNIQUE</c></summary>
    Unique = 10,
}

/// <summary><c>STV_…</c></summary>
public enum ElfSymbolVisibility : byte
{
    Default = 0,
    Internal = 1,
    Hidden = 2,
    Protected = 3,
}

/// <summary>One symbol, without the version that the linker may have put behind its name.</summary>
public readonly struct ElfSymbol
{
    /// <summary><c>SHN_UNDEF</c>: defined elsewhere.</summary>
    public const int UndefinedSection = 0;

    /// <summary><c>SHN_ABS</c>: the value is no address.</summary>
    public const int AbsoluteSection = 0xfff1;

    /// <summary><c>SHN_COMMON</c></summary>
    public const int CommonSection = 0xfff2;

    internal const int ExtendedSection = 0xffff;

    private readonly ReadOnlyMemory<byte> name;
    private readonly byte info;
    private readonly byte other;

    internal ElfSymbol(ElfEncoding encoding, ReadOnlySpan<byte> entry, ReadOnlyMemory<byte> name, bool isOldVersion, int? sectionIndex = null)
    {
        this.name = name;
        IsOldVersion = isOldVersion;
        if (encoding.Is64Bit)
        {
            (info, other) = (entry[4], entry[5]);
            SectionIndex = encoding.U16(entry, 6);
            Value = encoding.U64(entry, 8);
            Size = encoding.U64(entry, 16);
        }
        else
        {
            Value = encoding.U32(entry, 4);
            Size = encoding.U32(entry, 8);
            (info, other) = (entry[12], entry[13]);
            SectionIndex = encoding.U16(entry, 14);
        }
        SectionIndex = sectionIndex ?? SectionIndex;
    }

    public string Name => Encoding.UTF8.GetString(name.Span);

    public ReadOnlySpan<byte> NameBytes => name.Span;

    /// <summary>The virtual address before relocation; in an object file the offset in its section.</summary>
    public ulong Value { get; }

    /// <summary>Bytes; 0 where the assembler was not told.</summary>
    public ulong Size { get; }

    public ElfSymbolType Type => (ElfSymbolType)(info & 0xf);

    public ElfSymbolBinding Binding => (ElfSymbolBinding)(info >> 4);

    public ElfSymbolVisibility Visibility => (ElfSymbolVisibility)(other & 3);

    /// <summary>The number of its section, or one of the reserved ones above.</summary>
    public int SectionIndex { get; }

    public bool IsDefined => SectionIndex != UndefinedSection;

    /// <summary>Kept for programs that were linked against an older version of the library: <c>memcpy@GLIBC_2.2.5</c>.</summary>
    public bool IsOldVersion { get; }

    /// <summary>A function with an address, an indirect one included.</summary>
    public bool IsFunction =>
        Type is ElfSymbolType.Function or ElfSymbolType.IndirectFunction && IsDefined && SectionIndex != AbsoluteSection;

    public override string ToString() => $"{Name} at 0x{Value:x} ({Binding} {Type}, {Size} bytes)";

    internal static int SizeOf(ElfEncoding encoding) => encoding.Is64Bit ? 24 : 16;
}
