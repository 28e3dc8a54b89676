using System.Collections.Immutable;
using Imker.Bytecode;
using Imker.Elf;

namespace Imker.Objects;

/// <summary>Reads the sections of global data: each becomes a map of one value, in which variables have names.</summary>
internal static class DataSectionReader
{
    private static readonly string[] kinds = [".data", ".rodata", ".bss"];

    /// <summary>The part of a section's name that tells what it is; null when it is no section of global data.</summary>
    public static string? KindOf(ElfSection section) => section.Type is not (ElfSectionType.ProgBits or ElfSectionType.NoBits)
        ? null
        : kinds.FirstOrDefault(kind => section.Name == kind || section.Name.StartsWith(kind + ".", StringComparison.Ordinal));

    public static IEnumerable<ElfSection> SectionsOf(ObjectFile file) => file.Sections.Where(section => KindOf(section) is not null && section.Size > 0);

    /// <summary>The map of a section.</summary>
    /// <param name="typeId">The type that describes it; 0 when there is none.</param>
    public static MapSpec Read(ObjectFile file, ElfSection section, uint typeId)
    {
        if (section.Size > int.MaxValue)
            throw file.Malformed($"section '{section.Name}' has {section.Size} bytes");
        return new MapSpec
        {
            Name = section.Name,
            Type = MapType.Array,
            KeySize = sizeof(int),
            ValueSize = (int)section.Size,
            MaxEntries = 1,
            // Variables that nobody outside sees may be what the kernel wants to have for itself, such as a lock (libbpf, map_is_mmapable).
            Flags = file.Symbols.Any(symbol => symbol.Section == section.Index && IsVisible(symbol)) ? MapFlags.MemoryMappable : MapFlags.None,
            IsReadOnlyData = KindOf(section) == ".rodata",
            Contents = file.ReadSection(section),
            BtfValueTypeId = typeId,
        };
    }

    private static bool IsVisible(ObjectSymbol symbol) =>
        symbol.Type == ElfSymbolType.Object && symbol.Binding != ElfSymbolBinding.Local && !symbol.IsHidden;

    /// <summary>The variables of all sections.</summary>
    public static ImmutableArray<GlobalVariable> ReadVariables(ObjectFile file)
    {
        Dictionary<int, ElfSection> sections = SectionsOf(file).ToDictionary(section => section.Index);
        var names = new UniqueNames();
        var variables = ImmutableArray.CreateBuilder<GlobalVariable>();
        foreach (ObjectSymbol symbol in file.Symbols.OrderBy(symbol => symbol.Binding == ElfSymbolBinding.Local))
        {
            if (symbol.Type != ElfSymbolType.Object || !sections.TryGetValue(symbol.Section, out ElfSection? section) || symbol.Size == 0)
                continue;
            if (symbol.Value > section.Size || symbol.Size > section.Size - symbol.Value)
                throw file.Malformed($"section '{section.Name}': the variable '{symbol.Name}' (0x{symbol.Value:x}, {symbol.Size} bytes) does not lie in its {section.Size} bytes");
            variables.Add(new GlobalVariable(names.Take(symbol.Name), section.Name, (int)symbol.Value, (int)symbol.Size)
            {
                IsStatic = symbol.Binding == ElfSymbolBinding.Local,
                IsWeak = symbol.IsWeak,
            });
        }
        return variables.DrainToImmutable();
    }
}
