using System.Collections.Immutable;
using System.Text;
using Imker.Btf;
using Imker.Bytecode;
using Imker.Elf;

namespace Imker.Objects;

/// <summary>
/// Writes an object as a relocatable ELF file that libbpf and bpftool take, with one section, <c>.imker</c>, for what they have no
/// place for (docs/object-format.md). <see cref="BpfObjectReader"/> gives the same object back. The same object gives the same bytes.
/// </summary>
public sealed partial class BpfObjectWriter
{
    private readonly BpfObject of;
    private readonly FileNames names;
    private readonly ObjectTypes types;
    private readonly ElfWriter elf = new(ElfMachine.Bpf);
    private readonly List<CodeSection> code = [];
    private readonly Dictionary<string, int> functionSlots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FunctionSpec> functions = new(StringComparer.Ordinal);
    private readonly Dictionary<Reference, ElfSymbolHandle> symbols = [];
    private readonly Dictionary<string, ElfSymbolHandle> programSymbols = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ElfSymbolHandle> configurationSymbols = new(StringComparer.Ordinal);
    private readonly CodeSection text = new(FileNames.TextSection);
    private ElfSymbolHandle textSymbol;

    private BpfObjectWriter(BpfObject of)
    {
        this.of = of;
        names = new FileNames(of);
        types = ObjectTypes.Of(of, names);
    }

    /// <summary>The whole file.</summary>
    /// <exception cref="ArgumentException">
    /// The object's parts do not fit together, or it holds what no object file can: numbers of one machine in place of names.
    /// </exception>
    public static byte[] Write(BpfObject bpfObject)
    {
        ArgumentNullException.ThrowIfNull(bpfObject);
        if (ObjectConsistency.FindProblems(bpfObject) is [{ } problem, ..])
            throw new ArgumentException($"cannot write the object '{bpfObject.Name}': {problem}", nameof(bpfObject));
        return new BpfObjectWriter(bpfObject).Write();
    }

    private byte[] Write()
    {
        LayOutCode();
        foreach (CodeSection section in code)
            section.AddTo(elf, InFile);
        Dictionary<string, ElfSymbolHandle> maps = AddMaps();
        AddDataSections(maps);
        byte[] license = [.. Encoding.UTF8.GetBytes(of.License), 0];
        elf.AddSection(FileNames.LicenseSection, ElfSectionType.ProgBits, ElfSectionFlags.Write | ElfSectionFlags.Allocate, license);
        AddTypes();
        // libbpf passes over string tables without a word, and its linker does not join them.
        elf.AddSection(FileNames.ModelSection, ElfSectionType.StringTable, ElfSectionFlags.None, ObjectModel.Write(of, names, types));
        AddFunctionSymbols();
        AddKernelSymbols();
        AddInitialPrograms(maps);
        AddStructOps();
        foreach (CodeSection section in code)
            section.AddRelocationsTo(elf, reference => SymbolOf(reference, maps));
        return elf.ToArray();
    }

    private void LayOutCode()
    {
        foreach (FunctionSpec function in of.Functions)
        {
            functionSlots.Add(function.Name, text.SlotCount);
            functions.Add(function.Name, function);
            text.Add(function, names.Functions[function.Name]);
        }
        if (of.Functions.Length > 0)
            code.Add(text);
        ILookup<string, AttachSpec> attachments = of.Attachments.ToLookup(attachment => attachment.Program);
        foreach (ProgramSpec program in of.Programs)
        {
            string name = SectionName.Of(program, [.. attachments[program.Name]]);
            CodeSection? section = code.Find(section => section.Name == name);
            if (section is null)
                code.Add(section = new CodeSection(name));
            section.Add(program.Entry, names.Programs[program.Name]);
        }
    }

    private void AddTypes()
    {
        bool hasLines = code.Any(section => section.Functions.Any(function => function.Spec.Lines.Length > 0));
        // The kernel takes a type for each function or for none.
        bool hasTypes = code.All(section => section.Functions.All(function => types.IsFunction(function.Spec.BtfTypeId)));
        var ext = new BtfExt([.. code.Select(section => new BtfExtSection(types.AddString(section.Name))
        {
            Functions = hasTypes ? [.. section.Functions.Select(f => new BtfFunctionInfo((uint)f.Slot, f.Spec.BtfTypeId))] : [],
            Lines = hasLines ? [.. LineRecords.Of(section, types)] : [],
            Relocations = [.. CoreRecords.Of(section, types)],
        })]);
        byte[] btf = types.ToArray();
        if (btf.Length == 0)
            return;
        elf.AddSection(".BTF", ElfSectionType.ProgBits, ElfSectionFlags.None, btf, alignment: 4);
        if (hasLines || hasTypes || ext.Sections.Any(section => !section.Relocations.IsEmpty))
            elf.AddSection(".BTF.ext", ElfSectionType.ProgBits, ElfSectionFlags.None, ext.ToArray(), alignment: 4);
    }

    private void AddFunctionSymbols()
    {
        foreach (CodeSection section in code)
        {
            foreach ((FunctionSpec function, string symbol, int slot) in section.Functions)
            {
                // libbpf takes programs that are global only.
                bool isLocal = section == text && !function.IsGlobal;
                ulong size = (ulong)(function.Instructions.Sum(i => i.SlotCount) * InstructionEncoder.SlotSize);
                ElfSymbolHandle handle = elf.AddSymbol(symbol, section.Number, (ulong)(slot * InstructionEncoder.SlotSize), size,
                    ElfSymbolType.Function, isLocal ? ElfSymbolBinding.Local : function.IsWeak ? ElfSymbolBinding.Weak : ElfSymbolBinding.Global);
                if (section != text)
                    programSymbols.Add(symbol, handle);
                if (section == text && function.IsGlobal)
                    symbols.Add(new FunctionReference(function.Name), handle);
            }
        }
        if (of.Functions.Length > 0)
            textSymbol = elf.AddSymbol("", text.Number, type: ElfSymbolType.Section, binding: ElfSymbolBinding.Local);
    }

    private void AddKernelSymbols()
    {
        foreach ((Reference reference, string symbol) in names.KernelSymbols)
            symbols.Add(reference, AddUndefined(symbol, reference is KfuncReference { IsWeak: true } or KernelSymbolReference { IsWeak: true }));
        foreach (KernelVariable variable in of.KernelVariables)
            configurationSymbols.Add(variable.Name, AddUndefined(variable.Name, variable.IsWeak));
    }

    private ElfSymbolHandle AddUndefined(string symbol, bool isWeak) =>
        elf.AddSymbol(symbol, ElfSymbol.UndefinedSection, binding: isWeak ? ElfSymbolBinding.Weak : ElfSymbolBinding.Global);

    private KernelVariable? ConfigurationAt(MapReference map) => map.Name != FileNames.ConfigurationSection ? null
        : of.KernelVariables.LastOrDefault(variable => variable.Offset <= map.Offset);

    private ElfSymbolHandle SymbolOf(Reference reference, Dictionary<string, ElfSymbolHandle> maps) => reference switch
    {
        MapReference map when ConfigurationAt(map) is { } variable => configurationSymbols[variable.Name],
        MapReference map => maps[map.Name],
        KernelSymbolReference symbol when names.FunctionAsked(symbol) is { } function => symbols[function],
        FunctionReference when !symbols.ContainsKey(reference) => textSymbol,
        _ => symbols[reference],
    };

    // As clang has it: what is found through a section's symbol has its place in the section as its constant, a call's counted in
    // slots from the next, all others in bytes.
    private Instruction InFile(Instruction instruction)
    {
        if (instruction.Reference is not { } reference)
            return instruction;
        int slot = reference is FunctionReference { Name: var name } && !functions[name].IsGlobal ? functionSlots[name] : 0;
        if (!instruction.IsWideLoad)
            return Instruction.CallFunction(slot - 1);
        long addend = reference is MapReference { ValueAddress: true } value
            ? value.Offset - (ConfigurationAt(value)?.Offset ?? 0)
            : slot * InstructionEncoder.SlotSize;
        return Instruction.LoadImm64(instruction.Dst, addend);
    }
}
