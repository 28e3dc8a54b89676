using System.Collections.Immutable;
using Imker.Btf;
using Imker.Bytecode;
using Imker.Diagnostics;
using Imker.Elf;

namespace Imker.Objects;

/// <summary>Reads the functions of a file: decodes their code, gives its relocations their names back, and finds its lines.</summary>
internal sealed class CodeReader(ObjectFile file, LinkNames names)
{
    private readonly Dictionary<int, Dictionary<ulong, ElfRelocation>> relocations = [];
    private readonly Dictionary<uint, string> texts = [];
    private readonly Dictionary<string, ImmutableArray<CoreRelocation>> coreRelocations = [];

    /// <exception cref="DiagnosticException">The file has no such function, or its code is malformed.</exception>
    public FunctionSpec Read(ModelNode node, string symbol) =>
        Read(file.FindFunction(symbol) ?? throw node.Malformed("symbol", $"is '{symbol}', which no function of the file is called"));

    /// <summary>The function of a symbol, under the symbol's name.</summary>
    /// <exception cref="DiagnosticException">Its code is malformed.</exception>
    public FunctionSpec Read(ObjectSymbol symbol)
    {
        ElfSection section = file.FindSection(symbol.Section) ?? throw file.Malformed($"the function '{symbol.Name}' is in no section");
        ReadOnlyMemory<byte> bytes = file.ReadSection(section);
        if (symbol.Size == 0 || symbol.Value > (ulong)bytes.Length || symbol.Size > (ulong)bytes.Length - symbol.Value
            || symbol.Value % InstructionEncoder.SlotSize != 0)
            throw file.Malformed($"the function '{symbol.Name}' (0x{symbol.Value:x}, {symbol.Size} bytes) does not lie in its section of {bytes.Length} bytes");
        file.Budget.Take((long)symbol.Size);
        ReadOnlySpan<byte> own = bytes.Span.Slice((int)symbol.Value, (int)symbol.Size);
        if (!InstructionDecoder.TryDecode(own, out Code? code, out ImmutableArray<Diagnostic> diagnostics))
            throw new DiagnosticException([.. diagnostics.Select(d => d with { Message = $"cannot read {file.Name}: function '{symbol.Name}': {d.Message}" })]);
        return new FunctionSpec
        {
            Name = symbol.Name,
            Instructions = Link(symbol, code),
            // A hidden function is verified with its callers: as libbpf has it, nobody else can call it.
            IsGlobal = symbol.Binding != ElfSymbolBinding.Local && !symbol.IsHidden,
            IsWeak = symbol.IsWeak,
            Lines = ReadLines(symbol, section, code),
            CoreRelocations = ReadCoreRelocations(symbol, section, code),
        };
    }

    private ImmutableArray<Instruction> Link(ObjectSymbol symbol, Code code)
    {
        if (!relocations.TryGetValue(symbol.Section, out Dictionary<ulong, ElfRelocation>? table))
            relocations.Add(symbol.Section, table = file.ReadRelocations(symbol.Section));
        var linked = ImmutableArray.CreateBuilder<Instruction>(code.Instructions.Length);
        for (int i = 0; i < code.Instructions.Length; i++)
        {
            ulong at = symbol.Value + (ulong)(code.SlotOf(i) * InstructionEncoder.SlotSize);
            Instruction instruction = code.Instructions[i];
            if (table.TryGetValue(at, out ElfRelocation relocation))
                linked.Add(Link(symbol, at, instruction, relocation));
            else if (instruction is { IsCall: true, CallKind: CallKind.Function })
                linked.Add(Instruction.CallFunction(FunctionAt(symbol, symbol.Section, at + 8 * (ulong)(instruction.Constant + 1))));
            else
                linked.Add(instruction);
        }
        return linked.MoveToImmutable();
    }

    private Instruction Link(ObjectSymbol function, ulong at, Instruction instruction, ElfRelocation relocation)
    {
        if (relocation.SymbolIndex >= file.Symbols.Length)
            throw Failure(function, at, $"a relocation names symbol {relocation.SymbolIndex} of {file.Symbols.Length}");
        ObjectSymbol symbol = file.Symbols[(int)relocation.SymbolIndex];
        bool isCall = instruction is { IsCall: true, CallKind: CallKind.Function };
        uint expected = isCall ? Relocation.Call : Relocation.WideLoad;
        if (relocation.Type != expected || !isCall && !instruction.IsWideLoad)
            throw Failure(function, at, $"a relocation of type {relocation.Type} is for no instruction such as '{instruction}'");
        return symbol.Section == ElfSymbol.UndefinedSection
            ? LinkToKernel(function, at, instruction, symbol)
            : isCall
                ? Instruction.CallFunction(FunctionAt(function, symbol.Section, symbol.Value + 8 * (ulong)(instruction.Constant + 1)))
                : LinkToSection(function, at, instruction, symbol);
    }

    private Instruction LinkToKernel(ObjectSymbol function, ulong at, Instruction instruction, ObjectSymbol symbol) =>
        (names.KernelSymbols.GetValueOrDefault(symbol.Name), instruction.IsCall) switch
        {
            (KfuncReference kfunc, true) => Instruction.CallKfunc(kfunc),
            (KernelSymbolReference kernel, false) => Instruction.LoadKernelSymbol(instruction.Dst, kernel),
            // Whether the kernel has a function is asked by its address.
            (KfuncReference kfunc, false) => Instruction.LoadKernelSymbol(instruction.Dst, new KernelSymbolReference(kfunc.Name, IsTyped: true, kfunc.IsWeak)),
            (FunctionReference elsewhere, true) => Instruction.CallFunction(elsewhere),
            (FunctionReference elsewhere, false) => Instruction.LoadFunction(instruction.Dst, elsewhere),
            (MapReference { ValueAddress: true } value, false) when value.Offset + (uint)instruction.Constant <= int.MaxValue =>
                Instruction.LoadMap(instruction.Dst, value with { Offset = value.Offset + (uint)instruction.Constant }),
            (MapReference { ValueAddress: false } map, false) => Instruction.LoadMap(instruction.Dst, map),
            _ => throw Failure(function, at, $"it refers to '{symbol.Name}', which neither the file nor the kernel defines"),
        };

    private Instruction LinkToSection(ObjectSymbol function, ulong at, Instruction instruction, ObjectSymbol symbol)
    {
        if (file.FindSection(symbol.Section) is not { } section)
            throw Failure(function, at, $"it refers to '{symbol.Name}', which is in no section");
        // Where the value of a symbol is not the place meant, the rest stands in the instruction (clang, for what is static).
        ulong place = symbol.Value + (uint)instruction.Constant;
        if (names.Sections.TryGetValue(section.Name, out string? data))
            return place <= int.MaxValue
                ? Instruction.LoadMap(instruction.Dst, new MapReference(data, (long)place, ValueAddress: true))
                : throw Failure(function, at, $"it refers to byte {place} of '{section.Name}'");
        if (section.Name == FileNames.MapsSection)
            return file.FindAt(symbol.Section, place) is { } map && names.Maps.TryGetValue(map.Name, out string? name)
                ? Instruction.LoadMap(instruction.Dst, new MapReference(name))
                : throw Failure(function, at, $"it refers to byte {place} of '{section.Name}', where no map is");
        return Instruction.LoadFunction(instruction.Dst, FunctionAt(function, symbol.Section, place));
    }

    private FunctionReference FunctionAt(ObjectSymbol caller, int section, ulong value) =>
        names.FunctionPlaces.TryGetValue((section, value), out string? name)
        || file.FindAt(section, value) is { Type: ElfSymbolType.Function } symbol && names.Functions.TryGetValue(symbol.Name, out name)
            ? new FunctionReference(name)
            : throw Failure(caller, value, $"this place in section '{file.FindSection(section)?.Name}' is called, but no function starts there");

    private ImmutableArray<SourceLine> ReadLines(ObjectSymbol symbol, ElfSection section, Code code)
    {
        if (file.Btf is null || !file.Ext.TryGetValue(section.Name, out BtfExtSection? records))
            return [];
        uint start = (uint)(symbol.Value / InstructionEncoder.SlotSize);
        return LineRecords.Read(records.Lines, start, code, Text);
    }

    private ImmutableArray<CoreRelocationSpec> ReadCoreRelocations(ObjectSymbol symbol, ElfSection section, Code code)
    {
        if (file.Btf is null || !file.Ext.TryGetValue(section.Name, out BtfExtSection? records) || records.Relocations.IsEmpty)
            return [];
        if (!coreRelocations.TryGetValue(section.Name, out ImmutableArray<CoreRelocation> sorted))
            coreRelocations.Add(section.Name, sorted = [.. records.Relocations.OrderBy(relocation => relocation.Slot)]);
        uint start = (uint)(symbol.Value / InstructionEncoder.SlotSize);
        var found = ImmutableArray.CreateBuilder<CoreRelocationSpec>();
        for (int i = FirstFrom(sorted, start); i < sorted.Length && sorted[i].Slot - start < (uint)code.SlotCount; i++)
        {
            CoreRelocation relocation = sorted[i];
            if (!code.TryGetIndex((int)(relocation.Slot - start), out int instruction))
                throw Failure(symbol, 8ul * relocation.Slot, "a CO-RE relocation is for the second half of an instruction");
            found.Add(new CoreRelocationSpec(instruction, relocation.Kind, relocation.TypeId, Text(relocation.AccessString)));
        }
        return found.DrainToImmutable();
    }

    private static int FirstFrom(ImmutableArray<CoreRelocation> sorted, uint slot)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (sorted[middle].Slot < slot)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    private string Text(uint offset)
    {
        if (!texts.TryGetValue(offset, out string? text))
        {
            texts.Add(offset, text = file.Btf!.GetString(offset));
            file.Budget.Take(text.Length);
        }
        return text;
    }

    private DiagnosticException Failure(ObjectSymbol function, ulong at, string problem) =>
        file.Malformed($"function '{function.Name}', offset 0x{at:x}: {problem}");
}
