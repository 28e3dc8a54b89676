using Imker.Elf;

namespace Imker.Objects;

public sealed partial class BpfObjectWriter
{
    private int mapsSection;

    private Dictionary<string, ElfSymbolHandle> AddMaps()
    {
        var symbols = new Dictionary<string, ElfSymbolHandle>(StringComparer.Ordinal);
        if (names.Maps.Count == 0)
            return symbols;
        byte[] definitions = new byte[types.MapSizes.Values.Sum(size => size)];
        int section = elf.AddSection(
            FileNames.MapsSection, ElfSectionType.ProgBits, ElfSectionFlags.Write | ElfSectionFlags.Allocate, definitions, alignment: 8);
        uint offset = 0;
        foreach ((string map, uint size) in types.MapSizes)
        {
            symbols.Add(map, elf.AddSymbol(names.Maps[map], section, offset, size, ElfSymbolType.Object));
            offset += size;
        }
        foreach (MapSpec map in of.Maps.Where(map => !map.InnerMaps.IsEmpty))
        {
            for (int i = 0; i < map.InnerMaps.Length; i++)
            {
                if (map.InnerMaps[i].Length > 0)
                    elf.AddRelocation(section, types.ValuesOffsets[map.Name] + sizeof(ulong) * (uint)i, Relocation.Address, symbols[map.InnerMaps[i]]);
            }
        }
        mapsSection = section;
        return symbols;
    }

    private void AddDataSections(Dictionary<string, ElfSymbolHandle> symbols)
    {
        ILookup<string, GlobalVariable> variables = of.Variables.ToLookup(variable => variable.Map);
        foreach (MapSpec map in of.Maps)
        {
            if (!names.DataSectionMaps.TryGetValue(map.Name, out string? name))
                continue;
            int section = AddDataSection(name, map);
            symbols.Add(map.Name, elf.AddSymbol("", section, type: ElfSymbolType.Section, binding: ElfSymbolBinding.Local));
            foreach (GlobalVariable variable in variables[map.Name])
            {
                elf.AddSymbol(names.Variables[variable.Name], section, (ulong)variable.Offset, (ulong)variable.Size, ElfSymbolType.Object,
                    variable.IsStatic ? ElfSymbolBinding.Local : variable.IsWeak ? ElfSymbolBinding.Weak : ElfSymbolBinding.Global);
            }
            if (names.WholeSections.TryGetValue(map.Name, out string? whole))
                elf.AddSymbol(whole, section, 0, (ulong)map.ValueSize, ElfSymbolType.Object);
        }
    }

    private int AddDataSection(string name, MapSpec map)
    {
        ElfSectionFlags flags = ElfSectionFlags.Allocate | (map.IsReadOnlyData ? ElfSectionFlags.None : ElfSectionFlags.Write);
        if (name == ".bss")
            return elf.AddZeroSection(name, flags, (ulong)map.ValueSize, alignment: 8);
        byte[] image = new byte[map.ValueSize];
        map.Contents.CopyTo(image);
        return elf.AddSection(name, ElfSectionType.ProgBits, flags, image, alignment: 8);
    }

    private void AddInitialPrograms(Dictionary<string, ElfSymbolHandle> symbols)
    {
        foreach (MapSpec map in of.Maps.Where(map => !map.InnerPrograms.IsEmpty && symbols.ContainsKey(map.Name)))
        {
            for (int i = 0; i < map.InnerPrograms.Length; i++)
            {
                if (map.InnerPrograms[i].Length > 0)
                    elf.AddRelocation(mapsSection, types.ValuesOffsets[map.Name] + sizeof(ulong) * (uint)i, Relocation.Address,
                        programSymbols[names.Programs[map.InnerPrograms[i]]]);
            }
        }
    }

    private void AddStructOps()
    {
        foreach (IGrouping<string, MapSpec> group in names.Tables.Keys.GroupBy(StructOpsReader.SectionOf))
        {
            var layout = types.StructOpsLayout[group.Key];
            byte[] bytes = new byte[layout.Size];
            int section = elf.AddSection(group.Key, ElfSectionType.ProgBits, ElfSectionFlags.Write | ElfSectionFlags.Allocate, bytes, alignment: 8);
            foreach (MapSpec map in group)
            {
                uint start = layout.Offsets[map.Name];
                map.Contents.CopyTo(bytes.AsMemory((int)start));
                elf.AddSymbol(names.Tables[map], section, start, (ulong)map.Contents.Length, ElfSymbolType.Object);
                foreach (StructOpsFunction function in map.StructOps!.Functions)
                    elf.AddRelocation(section, start + (uint)function.Offset, Relocation.Address, programSymbols[names.Programs[function.Program]]);
            }
        }
    }
}
