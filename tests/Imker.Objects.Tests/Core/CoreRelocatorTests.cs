using Imker.Btf;
using Imker.Bytecode;
using Imker.Diagnostics;
using Imker.TestKit;

namespace Imker.Objects.Tests.Core;

public sealed class CoreRelocatorTests
{
    [Fact]
    public void What_the_target_lacks_is_named_and_lines_stay_with_their_code()
    {
        BpfObject read = BpfObjectReader.Read(Corpus.ReadObject("core-enums"), "core-enums");
        AdaptedObject adapted = CoreRelocator.Adapt(read, CoreTypesFile.Read("target-b"));
        FunctionSpec before = read.FindProgram("values")!.Entry, after = adapted.Object.FindProgram("values")!.Entry;
        Assert.Contains("value of enumerator 'enum wide::WIDE_A', which target-b does not have", adapted.Missing.Select(missing => missing.What));
        MissingInTarget wide = adapted.Missing.First(missing => missing.What.Contains("WIDE_A", StringComparison.Ordinal));
        // A wide load became two calls of a helper that never was.
        Assert.Equal(Instruction.CallHelper(0xbad2310), after.Instructions[wide.Instruction]);
        Assert.Equal(Instruction.CallHelper(0xbad2310), after.Instructions[wide.Instruction + 1]);
        Assert.Equal(before.Instructions.Sum(instruction => instruction.SlotCount), after.Instructions.Sum(instruction => instruction.SlotCount));
        Assert.Equal(before.LineAt(before.Instructions.Length - 1)!.Value.Line, after.LineAt(after.Instructions.Length - 1)!.Value.Line);
        Assert.Empty(after.CoreRelocations);
    }

    [Fact]
    public void A_signed_field_of_another_width_is_not_read()
    {
        AdaptedObject adapted = CoreRelocator.Adapt(BpfObjectReader.Read(Corpus.ReadObject("core-sizes"), "core-sizes"), CoreTypesFile.Read("target-a"));
        Assert.Equal(
            "byte offset of field 'struct widths.is_signed', which has 8 bytes in target-a and 4 in the program, and is no pointer or unsigned integer",
            adapted.Missing.Single(missing => missing.Function == "refused").What);
    }

    [Fact]
    public void Types_that_disagree_are_an_error_at_the_line()
    {
        BpfObject read = BpfObjectReader.Read(Corpus.ReadObject("core-ambiguous"), "core-ambiguous");
        var diagnostics = new DiagnosticBag();
        Assert.False(CoreRelocator.TryAdapt(read, CoreTypesFile.Read("target-twice"), out _, diagnostics));
        Diagnostic finding = Assert.Single(diagnostics);
        Assert.Equal("IMK6402", finding.Id);
        Assert.StartsWith("cannot adapt core-ambiguous to target-twice: function 'ask', instruction 0 (", finding.Message, StringComparison.Ordinal);
        Assert.Contains("core-ambiguous.bpf.c:13): byte offset of field 'struct twice.b': the target has several types of this name", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_instruction_that_does_not_fit_its_relocation_is_an_error()
    {
        BpfObject read = BpfObjectReader.Read(Corpus.ReadObject("core-reached"), "core-reached");
        ProgramSpec program = read.Programs[0];
        BpfObject wrong = read with { Programs = [program with { Entry = program.Entry with { Instructions = [.. program.Entry.Instructions.Select(_ => Instruction.Exit)] } }] };
        BtfFile local = BtfFile.Read("local", read.Btf);
        var diagnostics = new DiagnosticBag();
        Assert.False(CoreRelocator.TryAdapt(wrong, new CoreTarget(local), out _, diagnostics));
        Assert.Contains("no constant or offset of this instruction can be changed", Assert.Single(diagnostics).Message, StringComparison.Ordinal);
        Assert.Equal("IMK6403", diagnostics.Single().Id);
    }

    [Fact]
    public void An_object_that_asks_nothing_is_the_same()
    {
        BpfObject read = BpfObjectReader.Read(Corpus.ReadObject("hash"), "hash");
        Assert.Same(read, CoreRelocator.Adapt(read, null).Object);
    }

    [Fact]
    public void The_types_that_bpftool_keeps_for_an_object_give_the_same_code_as_all_of_the_kernels()
    {
        const string Kernel = "/sys/kernel/btf/vmlinux";
        Assert.SkipUnless(File.Exists(Kernel), "the kernel has no BTF");
        string path = Path.GetTempFileName();
        try
        {
            using RunningProgram bpftool = RunningProgram.Start(
                Machine.RequireTool("bpftool"), ["gen", "min_core_btf", Kernel, path, Corpus.PathOf("objects/core-kernel.bpf.o")]);
            Assert.Equal(0, bpftool.WaitForEnd(TimeSpan.FromSeconds(60)).ExitCode);
            BpfObject read = BpfObjectReader.Read(Corpus.ReadObject("core-kernel"), "core-kernel");
            BtfFile small = BtfFile.Read("small", File.ReadAllBytes(path)), whole = BtfFile.Read("whole", File.ReadAllBytes(Kernel));
            // What is kept is smaller, and has numbers of its own.
            bool[] isAboutTypes = Marks(read);
            Assert.Equal(Code(CoreRelocator.Adapt(read, new CoreTarget(whole)), isAboutTypes), Code(CoreRelocator.Adapt(read, new CoreTarget(small)), isAboutTypes));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static bool[] Marks(BpfObject of)
    {
        bool[] marks = new bool[of.Programs[0].Entry.Instructions.Length];
        foreach (CoreRelocationSpec relocation in of.Programs[0].Entry.CoreRelocations)
            marks[relocation.Instruction] = relocation.Kind is CoreRelocationKind.TypeIdTarget or CoreRelocationKind.TypeSize;
        return marks;
    }

    private static IEnumerable<Instruction> Code(AdaptedObject adapted, bool[] without) =>
        adapted.Object.Programs[0].Entry.Instructions.Select((instruction, i) => i < without.Length && without[i] ? Instruction.Exit : instruction);
}
