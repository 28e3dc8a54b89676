using Imker.Btf;
using Imker.Elf;
using Imker.Linux;
using Imker.Rendering;

namespace Imker.Inspect;

/// <summary>Finds and shows type information, as <c>bpftool btf dump</c> does.</summary>
public static class TypesDump
{
    private const string Section = ".BTF";

    private static ReadOnlySpan<byte> ElfMagic => "\u007fELF"u8;

    /// <exception cref="InspectException">There is none of that number.</exception>
    public static BtfFile OfId(KernelInventory inventory, uint id)
    {
        ArgumentNullException.ThrowIfNull(inventory);
        return (id == 0 ? null : inventory.TypesOf(id)) ?? throw new InspectException($"there is no type information with id {id}; 'btf list' shows what is there");
    }

    /// <exception cref="InspectException">There is no such program, or it came without type information.</exception>
    public static BtfFile OfProgram(KernelInventory inventory, ObjectSelector which)
    {
        using KernelProgram program = ObjectSelector.Program(which);
        uint id = program.GetInfo().BtfId;
        return id == 0 ? throw new InspectException($"{program} was loaded without type information") : OfId(inventory, id);
    }

    /// <exception cref="InspectException">There is no such map, or it came without type information.</exception>
    public static BtfFile OfMap(KernelInventory inventory, ObjectSelector which)
    {
        using KernelMap map = ObjectSelector.Map(which);
        MapInfo info = map.GetInfo();
        if (info.BtfKernelValueTypeId != 0 && KernelBtfFile.Types is { } kernel)
            return kernel;
        return info.BtfId == 0 ? throw new InspectException($"map '{map.Name}' was made without type information") : OfId(inventory, info.BtfId);
    }

    /// <summary>BTF as it stands in <c>/sys/kernel/btf</c>, or the section <c>.BTF</c> of an ELF file.</summary>
    /// <param name="path">A module's below <c>/sys/kernel/btf</c> is read with the kernel's as its base.</param>
    /// <param name="read">Reads the file.</param>
    /// <exception cref="Diagnostics.DiagnosticException">It is neither.</exception>
    /// <exception cref="InspectException">It is ELF and has no such section.</exception>
    public static BtfFile OfFile(string path, Func<string, byte[]> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        byte[] bytes = read(path);
        if (bytes.AsSpan().StartsWith(ElfMagic))
        {
            ElfFile file = ElfFile.Read(path, bytes);
            return file.FindSection(Section) is { } section
                ? BtfFile.Read(path, file.ReadSection(section))
                : throw new InspectException($"{path} has no section '{Section}': it was compiled without -g, or stripped");
        }
        bool isModule = path.StartsWith("/sys/kernel/btf/", StringComparison.Ordinal) && !path.EndsWith("/vmlinux", StringComparison.Ordinal);
        return BtfFile.Read(path, bytes, isModule ? KernelBtfFile.Types : null);
    }

    /// <summary>A header for C that clang compiles.</summary>
    public static void WriteC(TextWriter output, BtfFile types) => BtfCPrinter.WriteHeader(types, output);

    /// <summary>Every type with its number.</summary>
    public static void WriteRaw(RecordOutput output, BtfFile types)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(types);
        if (output.IsJson)
            output.WriteJson(new RecordBuilder().Add("types", OutputValue.Array([.. types.OwnTypes.Select(TypeRecord.Of)])).Build());
        else
            foreach (BtfType type in types.OwnTypes)
                output.WriteBlock(BtfListing.Format(type));
    }
}
