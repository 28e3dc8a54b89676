using Imker.Btf;
using Imker.Bytecode;
using Imker.Diagnostics;
using Imker.Elf;

namespace Imker.Objects;

/// <summary>
/// The symbols that a file declares and does not define, by the section that BTF has them in: the kernel's (<c>.ksyms</c>), the
/// configuration's (<c>.kconfig</c>), or those of objects that it is to be linked with.
/// </summary>
internal sealed class ExternalSymbols(ObjectFile file, DiagnosticBag diagnostics, UndefinedSymbols? undefined)
{
    private readonly Dictionary<string, string> sections = SectionsOf(file.Btf);
    private readonly List<(ObjectSymbol, BtfType)> configuration = [];

    /// <summary>The configuration's, with their types.</summary>
    public IReadOnlyList<(ObjectSymbol Symbol, BtfType Variable)> Configuration => configuration;

    /// <summary>What code refers to by each symbol, but for the configuration's.</summary>
    public void ReadInto(Dictionary<string, Reference> references)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (ObjectSymbol symbol in file.Symbols)
        {
            if (symbol.Section != ElfSymbol.UndefinedSection || symbol.Name.Length == 0 || !seen.Add(symbol.Name))
                continue;
            if (ReferenceOf(symbol) is { } reference)
                references[symbol.Name] = reference;
        }
    }

    private Reference? ReferenceOf(ObjectSymbol symbol)
    {
        BtfType? declaration = FindExtern(BtfKind.Function, symbol.Name) ?? FindExtern(BtfKind.Variable, symbol.Name);
        if (declaration is not { } known)
            return Refuse(symbol, "is declared but not defined, and has no type (clang writes it with -g)");
        switch (sections.GetValueOrDefault(symbol.Name))
        {
            case FileNames.KernelSymbolsSection:
                return known.Kind == BtfKind.Function
                    ? new KfuncReference(symbol.Name, Module: null, symbol.IsWeak)
                    : new KernelSymbolReference(symbol.Name, !known.Target.SkipModifiers().IsVoid, symbol.IsWeak);
            case FileNames.ConfigurationSection when known.Kind == BtfKind.Variable:
                configuration.Add((symbol, known));
                return null;
            case var section when undefined is not null:
                return undefined.Add(symbol, known, section == FileNames.MapsSection);
            default:
                return Refuse(symbol, "is declared but not defined, and is no symbol of the kernel's (__ksym)");
        }
    }

    private Reference? Refuse(ObjectSymbol symbol, string problem)
    {
        diagnostics.Error(ObjectDiagnosticId.Unsupported, default, $"cannot read {file.Name}: '{symbol.Name}' {problem}",
            "link it with the object that defines it");
        return null;
    }

    private BtfType? FindExtern(BtfKind kind, string name) => file.Btf?.FindAll(kind, name)
        .Cast<BtfType?>().FirstOrDefault(type => type!.Value.Linkage == BtfLinkage.Extern);

    private static Dictionary<string, string> SectionsOf(BtfFile? btf)
    {
        var sections = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (BtfType section in btf?.OwnTypes.Where(type => type.Kind == BtfKind.DataSection) ?? [])
        {
            foreach (BtfSectionEntry entry in section.SectionEntries)
            {
                if (entry.Variable.Kind is BtfKind.Function or BtfKind.Variable && entry.Variable.Linkage == BtfLinkage.Extern)
                    sections.TryAdd(entry.Variable.Name, section.Name);
            }
        }
        return sections;
    }
}
