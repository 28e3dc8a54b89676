using Imker.Btf;
using Imker.Bytecode;
using Imker.Diagnostics;
using Imker.Elf;
using Imker.TestKit;

namespace Imker.Objects.Tests.Files;

/// <summary>Objects without a section of ours.</summary>
public sealed class PlainObjectTests
{
    private static readonly byte[] clang = File.ReadAllBytes(Golden.PathOf("clang.bpf.o"));

    [Fact]
    public void What_clang_wrote_is_read() => Golden.Verify("clang.listing", ObjectListing.Format(BpfObjectReader.Read(clang, "clang.bpf.o")));

    [Fact]
    public void Sections_tell_type_and_attachment()
    {
        BpfObject read = BpfObjectReader.Read(clang, "clang.bpf.o");
        Assert.Equal("clang.bpf", read.Name);
        Assert.Equal("Dual MIT/GPL", read.License);
        Assert.Equal(
            [("on_getppid", ProgramType.Tracepoint), ("on_malloc", ProgramType.Kprobe), ("on_switch", ProgramType.RawTracepoint), ("pass", ProgramType.Xdp)],
            read.Programs.Select(program => (program.Name, program.Type)));
        Assert.Equal(new TracepointAttach("on_getppid", "syscalls", "sys_enter_getppid") { DisplayName = "tracepoint:syscalls:sys_enter_getppid" }, read.Attachments[0]);
        UprobeAttach uprobe = Assert.IsType<UprobeAttach>(read.Attachments[1]);
        Assert.Equal(("/usr/lib/libc.so.6", new UprobeTarget("malloc", 4, 0)), (uprobe.Binary, Assert.Single(uprobe.Targets)));
        Assert.Equal(new RawTracepointAttach("on_switch", "sched_switch") { DisplayName = "rawtracepoint:sched_switch" }, read.Attachments[2]);
        Assert.Equal(3, read.Attachments.Length);
    }

    [Fact]
    public void Maps_and_variables_are_what_their_types_tell()
    {
        BpfObject read = BpfObjectReader.Read(clang, "clang.bpf.o");
        BtfFile types = BtfFile.Read("clang", read.Btf);
        MapSpec counts = read.FindMap("counts")!;
        Assert.Equal((MapType.Hash, 16, 8, 64u, MapFlags.NoPreallocation), (counts.Type, counts.KeySize, counts.ValueSize, counts.MaxEntries, counts.Flags));
        Assert.Equal("key", types[counts.BtfKeyTypeId].Name);
        Assert.Equal((MapType.Array, 4, 16, 8u), read.FindMap("tables")!.InnerMap is { } inner ? (inner.Type, inner.KeySize, inner.ValueSize, inner.MaxEntries) : default);
        Assert.Equal(7, BitConverter.ToInt32(read.FindMap(".data")!.Contents.Span));
        Assert.True(read.FindMap(".rodata")!.IsReadOnlyData);
        Assert.True(read.FindMap(".bss")!.Contents.IsEmpty);
        Assert.Equal(["calls", "chosen", "hidden", "limit"], read.Variables.Select(variable => variable.Name).Order());
        Assert.Equal([".data", ".rodata", ".bss"], types.OwnTypes.Where(type => type.Kind == BtfKind.DataSection).Select(type => type.Name));
        Assert.Equal(types[read.FindMap(".data")!.BtfValueTypeId], types.OwnTypes.Single(type => type.Name == ".data"));
        Assert.Equal("on_getppid", types[read.Programs[0].Entry.BtfTypeId].Name);
    }

    [Fact]
    public void What_was_read_is_written_read_and_taken_by_libbpf()
    {
        BpfObject read = BpfObjectReader.Read(clang, "clang.bpf.o");
        byte[] written = BpfObjectWriter.Write(read);
        Assert.Equal(ObjectText.Of(read), ObjectText.Of(BpfObjectReader.Read(written, "again")));

        string path = Path.GetTempFileName();
        File.WriteAllBytes(path, written);
        using RunningProgram bpftool = RunningProgram.Start(Machine.RequireTool("bpftool"), ["gen", "skeleton", path, "name", "again"]);
        ProgramResult result = bpftool.WaitForEnd(TimeSpan.FromSeconds(30));
        File.Delete(path);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("struct bpf_program *on_malloc;", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_taken_is_refused_by_name()
    {
        Assert.Equal("cannot read it: section 'maps' defines maps in the form that libbpf 1.0 gave up", Refusal(elf => AddCode(elf, "maps")));
        Assert.Equal("cannot read it: the name of section 'kprob/do_sys_open' does not tell where its programs belong (did you mean 'kprobe'?)",
            Refusal(elf => AddProgram(elf, "kprob/do_sys_open")));
        Assert.Equal("cannot read it: what stands behind the slash of section 'tracepoint/sched' is no tracepoint", Refusal(elf => AddProgram(elf, "tracepoint/sched")));
        Assert.Equal("cannot read it: section 'xdp': the program 'main' is static", Refusal(elf => AddProgram(elf, "xdp", ElfSymbolBinding.Local)));
        Assert.Equal("cannot read it: 'elsewhere' is declared but not defined, and has no type (clang writes it with -g)",
            Refusal(elf => elf.AddSymbol("elsewhere", ElfSymbol.UndefinedSection)));
        Assert.Equal("cannot read it: section '.maps' has no BTF that describes it (clang writes it with -g)", Refusal(elf => AddCode(elf, ".maps")));
        Assert.Equal("cannot read it: section '.data' holds addresses, which no kernel fills in", Refusal(elf =>
            elf.AddRelocation(AddCode(elf, ".data"), 0, 2, elf.AddSymbol("main", AddProgram(elf, "xdp")))));
    }

    [Fact]
    public void Relocations_that_no_instruction_has_are_refused()
    {
        Assert.StartsWith("cannot read it: function 'main', offset 0x0: a relocation of type 1 is for no instruction", Refusal(elf =>
            elf.AddRelocation(AddProgram(elf, "xdp"), 0, 1, elf.AddSymbol("other", AddCode(elf, ".data")))), StringComparison.Ordinal);
    }

    [Fact]
    public void Instructions_that_have_to_be_adapted_are_known()
    {
        var types = new BtfBuilder();
        uint integer = types.AddInt("int", 4);
        var ext = new BtfExt([new BtfExtSection(types.AddString("xdp")) { Relocations = [new CoreRelocation(0, integer, types.AddString("0"), CoreRelocationKind.TypeSize)] }]);
        var elf = new ElfWriter(ElfMachine.Bpf);
        AddProgram(elf, "xdp");
        elf.AddSection(".BTF", ElfSectionType.ProgBits, ElfSectionFlags.None, types.ToArray());
        elf.AddSection(".BTF.ext", ElfSectionType.ProgBits, ElfSectionFlags.None, ext.ToArray());
        ProgramSpec program = Assert.Single(BpfObjectReader.Read(elf.ToArray(), "it").Programs);
        Assert.Equal(new CoreRelocationSpec(0, CoreRelocationKind.TypeSize, integer, "0"), Assert.Single(program.Entry.CoreRelocations));
    }

    [Theory]
    [InlineData(ElfMachine.X86_64, true, "cannot read it: it is an ELF file for X86_64, not for eBPF")]
    [InlineData(ElfMachine.Bpf, false, "cannot read it: it is an object for machines of big-endian byte order")]
    public void Files_for_other_machines_are_refused(ElfMachine machine, bool isLittleEndian, string message) =>
        Assert.Equal(message, FindingOf(new ElfWriter(machine, isLittleEndian).ToArray()));

    private static int AddProgram(ElfWriter elf, string section, ElfSymbolBinding binding = ElfSymbolBinding.Global)
    {
        int number = AddCode(elf, section);
        elf.AddSymbol("main", number, 0, 16, ElfSymbolType.Function, binding);
        return number;
    }

    private static int AddCode(ElfWriter elf, string section)
    {
        byte[] code = InstructionEncoder.Encode(new Code([Instruction.Mov(Register.R0, 0), Instruction.Exit]));
        return elf.AddSection(section, ElfSectionType.ProgBits, ElfSectionFlags.Allocate | ElfSectionFlags.Execute, code, 8);
    }

    private static string Refusal(Action<ElfWriter> fill)
    {
        var elf = new ElfWriter(ElfMachine.Bpf);
        fill(elf);
        return FindingOf(elf.ToArray());
    }

    private static string FindingOf(byte[] bytes) => Assert.Single(Assert.Throws<DiagnosticException>(() => BpfObjectReader.Read(bytes, "it")).Diagnostics).Message;
}
