using Imker.Btf;
using Imker.Diagnostics;
using Imker.Elf;

namespace Imker.Objects;

/// <summary>One of the objects that are linked, read with what it leaves to the others.</summary>
internal sealed class LinkInput(ObjectFile file, BpfObject read, UndefinedSymbols undefined)
{
    private readonly HashSet<string> globals = file.Symbols
        .Where(symbol => symbol.Binding != ElfSymbolBinding.Local && symbol.Section != ElfSymbol.UndefinedSection).Select(symbol => symbol.Name).ToHashSet();

    /// <summary>The file's, for messages.</summary>
    public string Name => file.Name;

    /// <summary>Its sections and symbols.</summary>
    public ObjectFile File => file;

    public BpfObject Object => read;

    /// <summary>What it leaves to the others.</summary>
    public UndefinedSymbols Undefined => undefined;

    public BtfFile? Types { get; } = read.Btf.IsEmpty ? null : BtfFile.Read(file.Name, read.Btf);

    /// <summary>Null when there are errors among the diagnostics.</summary>
    /// <exception cref="DiagnosticException">The file contradicts itself.</exception>
    public static LinkInput? Read(string name, ReadOnlyMemory<byte> bytes, DiagnosticBag diagnostics)
    {
        ObjectFile file = ObjectFile.Open(bytes, name);
        var undefined = new UndefinedSymbols();
        return PlainObjectReader.Read(file, diagnostics, undefined) is { } read ? new LinkInput(file, read, undefined) : null;
    }

    /// <summary>Whether other objects may see what is called so.</summary>
    public bool IsGlobal(string name) => globals.Contains(name);

    /// <summary>Bytes that a section's start must be a multiple of.</summary>
    public uint AlignmentOf(string section) => (uint)Math.Clamp(file.FindSection(section)?.Alignment ?? 1, 1, 4096);
}
