using Imker.Btf;
using Imker.Elf;
using Imker.TestKit;

namespace Imker.Objects.Tests.Core;

/// <summary>Types to adapt to: the BTF of an object of the corpus.</summary>
internal static class CoreTypesFile
{
    public static CoreTarget Read(string name) => new(ReadBtf(name));

    public static BtfFile ReadBtf(string name)
    {
        ElfFile elf = ElfFile.Read(name, File.ReadAllBytes(Corpus.PathOf($"objects/{name}.o")));
        return BtfFile.Read(name, elf.ReadSection(elf.Sections.Single(section => section.Name == ".BTF")));
    }
}
