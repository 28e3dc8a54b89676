using Imker.Btf;
using Imker.Bytecode;
using Imker.Diagnostics;
using Imker.TestKit;

namespace Imker.Objects.Tests.Files;

/// <summary>Objects of clang's: what is in them is found, and comes back from what is written of it.</summary>
public sealed class ClangObjectTests
{
    public static TheoryData<string> Names() =>
        [.. Directory.GetFiles(Corpus.PathOf("objects"), "*.bpf.o").Select(path => Path.GetFileName(path)[..^".bpf.o".Length]).Order()
            .Except(["maps-legacy", "link-a", "link-b"])];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_read_is_written_and_read_again(string name)
    {
        BpfObject read = BpfObjectReader.Read(Corpus.ReadObject(name), name);
        Assert.Equal(ObjectText.Of(read), ObjectText.Of(BpfObjectReader.Read(BpfObjectWriter.Write(read), name)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_written_libbpf_reads(string name)
    {
        // The libbpf of Debian 12 knows not all kinds of sections yet.
        if (name is "sections" or "packets")
            return;
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, BpfObjectWriter.Write(BpfObjectReader.Read(Corpus.ReadObject(name), name)));
            using RunningProgram bpftool = RunningProgram.Start(Machine.RequireTool("bpftool"), ["gen", "skeleton", path, "name", "again"]);
            ProgramResult result = bpftool.WaitForEnd(TimeSpan.FromSeconds(30));
            // That of Debian 12 knows no tables that are attached by links.
            Assert.Equal((0, name.Contains("struct-ops", StringComparison.Ordinal) ? result.Error : ""), (result.ExitCode, result.Error));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Maps_have_what_their_members_say()
    {
        BpfObject read = Read("collections");
        Assert.Equal((MapType.BloomFilter, 0, 4, 64u, 3ul), read.FindMap("bloom") is { } bloom ? (bloom.Type, bloom.KeySize, bloom.ValueSize, bloom.MaxEntries, bloom.Extra) : default);
        Assert.True(read.FindMap("near")!.Flags.HasFlag(MapFlags.NumaNode));
        Assert.Equal(MapPinning.ByName, Read("pinned").FindMap("imker_pinned")!.Pinning);
        BpfObject nested = Read("map-in-map");
        Assert.Equal(["one", "", "two"], nested.FindMap("outer")!.InnerMaps);
        Assert.Equal(["", "two"], nested.FindMap("by_hash")!.InnerMaps);
        Assert.Equal((MapType.Hash, 8u), nested.FindMap("empty")!.InnerMap is { } inner ? (inner.Type, inner.MaxEntries) : default);
        Assert.Equal(["", "first", "", "second"], Read("tail-calls").FindMap("jumps")!.InnerPrograms);
    }

    [Fact]
    public void Data_that_only_programs_see_is_not_mapped()
    {
        BpfObject locks = Read("locks");
        Assert.Equal(MapFlags.None, locks.FindMap(".data.lock")!.Flags);
        BtfFile types = BtfFile.Read("locks", locks.Btf);
        Assert.Equal(["lock", "under_lock"], types[locks.FindMap(".data.lock")!.BtfValueTypeId].SectionEntries.Select(entry => entry.Variable.Name));
        BpfObject globals = Read("globals");
        Assert.Equal(MapFlags.MemoryMappable, globals.FindMap(".bss")!.Flags);
        Assert.Equal([".bss", ".data", ".data.other", ".rodata"], globals.Maps.Select(map => map.Name).Order());
        Assert.Equal(["base", "calls", "factor", "greeting", "hidden_calls", "own", "wide"], globals.Variables.Select(variable => variable.Name).Order());
    }

    [Fact]
    public void Functions_are_static_global_weak_or_hidden()
    {
        Assert.Equal(
            [("deep", false, false), ("deepest", false, false), ("global_one", true, false), ("hidden_one", false, false), ("weak_one", true, true)],
            Read("subprograms").Functions.Select(function => (function.Name, function.IsGlobal, function.IsWeak)).Order());
        Assert.Contains(new FunctionReference("deepest"), Read("subprograms").FindProgram("call_again")!.Entry.Instructions.Select(instruction => instruction.Reference));
        Assert.Equal([new FunctionReference("add"), new FunctionReference("round")], Read("callbacks").Programs[0].Entry.Instructions
            .Where(instruction => instruction is { IsWideLoad: true, Reference: FunctionReference }).Select(instruction => instruction.Reference));
    }

    [Fact]
    public void Variables_of_the_configuration_are_laid_out_as_libbpf_does()
    {
        BpfObject read = Read("kconfig");
        Assert.Equal(
            [
                ("CONFIG_NO_SUCH_OPTION", 0, 8, KernelVariableKind.Integer, true), ("CONFIG_BPF_JIT", 8, 4, KernelVariableKind.Tristate, true),
                ("LINUX_KERNEL_VERSION", 12, 4, KernelVariableKind.Integer, false), ("CONFIG_BPF", 16, 1, KernelVariableKind.Character, false),
                ("CONFIG_BPF_SYSCALL", 17, 1, KernelVariableKind.Boolean, false), ("LINUX_HAS_BPF_COOKIE", 18, 1, KernelVariableKind.Boolean, false),
                ("CONFIG_DEFAULT_HOSTNAME", 19, 16, KernelVariableKind.Text, true),
            ],
            read.KernelVariables.Select(variable => (variable.Name, variable.Offset, variable.Size, variable.Kind, variable.IsWeak)));
        Assert.Equal((35, true), read.FindMap(".kconfig") is { } map ? (map.ValueSize, map.IsReadOnlyData) : default);
    }

    [Fact]
    public void What_the_kernel_defines_is_referred_to_by_name()
    {
        Assert.Equal(
            [
                new KernelSymbolReference("_stext", IsTyped: false), new KernelSymbolReference("runqueues"),
                new KernelSymbolReference("imker_has_no_such_symbol", IsTyped: false, IsWeak: true), new KernelSymbolReference("imker_has_no_such_variable", IsTyped: true, IsWeak: true),
            ],
            Read("ksyms").Programs.SelectMany(program => program.Entry.Instructions).Select(instruction => instruction.Reference).OfType<KernelSymbolReference>().Order(Comparer<KernelSymbolReference>.Create(
                (x, y) => (x.IsWeak, x.Name).CompareTo((y.IsWeak, y.Name)))));
        Reference?[] kfuncs = [.. Read("kfuncs").Programs[0].Entry.Instructions.Select(instruction => instruction.Reference)];
        Assert.Contains(new KfuncReference("bpf_iter_num_new"), kfuncs);
        Assert.Contains(new KfuncReference("imker_has_no_such_function", IsWeak: true), kfuncs);
        Assert.Contains(new KernelSymbolReference("imker_has_no_such_function", IsTyped: true, IsWeak: true), kfuncs);
    }

    [Fact]
    public void Tables_of_functions_are_data_with_programs_in_them()
    {
        BpfObject read = Read("struct-ops");
        MapSpec linked = read.FindMap("imker_linked")!, plain = read.FindMap("imker_plain")!;
        BtfFile types = BtfFile.Read("struct-ops", read.Btf);
        Assert.Equal((true, false), (linked.StructOps!.NeedsLink, plain.StructOps!.NeedsLink));
        Assert.Equal("tcp_congestion_ops", types[plain.StructOps.TypeId].Name);
        Assert.Equal([new StructOpsFunction(16, "threshold"), new StructOpsFunction(24, "avoid"), new StructOpsFunction(32, "undo")], plain.StructOps.Functions);
        Assert.Equal("imker_plain\0\0\0\0\0", System.Text.Encoding.ASCII.GetString(plain.Contents.Span[40..]));
    }

    [Theory]
    [InlineData("maps-legacy", "cannot read maps-legacy: section 'maps' defines maps in the form that libbpf 1.0 gave up")]
    [InlineData("link-a", "cannot read link-a: 'from_b' is declared but not defined, and is no symbol of the kernel's (__ksym)")]
    public void What_cannot_be_loaded_is_refused_by_name(string name, string message) =>
        Assert.Equal(message, Assert.Throws<DiagnosticException>(() => Read(name)).Diagnostics[0].Message);

    private static BpfObject Read(string name) => BpfObjectReader.Read(Corpus.ReadObject(name), name);
}
