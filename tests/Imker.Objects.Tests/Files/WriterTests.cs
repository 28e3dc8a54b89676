using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Imker.Bytecode;
using Imker.Elf;
using Imker.TestKit;

namespace Imker.Objects.Tests.Files;

public sealed class WriterTests
{
    private static readonly FunctionSpec entry = new() { Name = "main", Instructions = [Instruction.Mov(Register.R0, 0), Instruction.Exit] };

    [Fact]
    public void The_file_of_an_example_has_these_parts() => Golden.Verify("example.parts", PartsOf(BpfObjectWriter.Write(ExampleObject.Make())));

    public static TheoryData<string, ProgramType, AttachType?, AttachSpec[]> Sections => new()
    {
        { "tracepoint/sched/sched_switch", ProgramType.Tracepoint, null, [new TracepointAttach("main", "sched", "sched_switch")] },
        { "tracepoint", ProgramType.Tracepoint, null, [new TracepointAttach("main", "a", "b"), new TracepointAttach("main", "a", "c")] },
        { "raw_tracepoint/sys_enter", ProgramType.RawTracepoint, null, [new RawTracepointAttach("main", "sys_enter")] },
        { "raw_tracepoint", ProgramType.RawTracepoint, null, [new RunOnceAttach("main", RunPhase.Begin)] },
        { "uprobe//bin/sh:main", ProgramType.Kprobe, null, [Uprobe("main", 0, false)] },
        { "uprobe//bin/sh:main+4", ProgramType.Kprobe, null, [Uprobe("main", 4, false)] },
        { "uprobe", ProgramType.Kprobe, null, [Uprobe(null, 4, false)] },
        { "uretprobe//bin/sh:main", ProgramType.Kprobe, null, [Uprobe("main", 0, true)] },
        { "uretprobe", ProgramType.Kprobe, null, [Uprobe("main", 0, true), Uprobe("other", 0, true)] },
        { "uprobe.multi//bin/sh:main", ProgramType.Kprobe, AttachType.TraceUprobeMulti, [Uprobe("main", 0, false)] },
        { "uretprobe.multi//bin/sh:main", ProgramType.Kprobe, AttachType.TraceUprobeMulti, [Uprobe("main", 0, true)] },
        { "uprobe.session//bin/sh:main", ProgramType.Kprobe, AttachType.TraceUprobeSession, [Uprobe("main", 0, false)] },
        { "perf_event", ProgramType.PerfEvent, null, [new TimerAttach("main", true, 0, 99)] },
        { "xdp", ProgramType.Xdp, null, [] },
        { "cgroup/connect6", ProgramType.CgroupSockAddr, AttachType.CgroupInet6Connect, [] },
        { "struct_ops", ProgramType.StructOps, null, [] },
        { "imker/99", (ProgramType)99, null, [] },
        { "kprobe/do_nanosleep+4", ProgramType.Kprobe, null, [new KprobeAttach("main", "do_nanosleep", 4, IsReturn: false)] },
        { "kretprobe/do_nanosleep", ProgramType.Kprobe, null, [new KprobeAttach("main", "do_nanosleep", 0, IsReturn: true)] },
        { "kprobe.multi/tcp_*", ProgramType.Kprobe, AttachType.TraceKprobeMulti, [new KprobeMultiAttach("main", "tcp_*", IsReturn: false)] },
        { "kretsyscall/openat", ProgramType.Kprobe, null, [new KsyscallAttach("main", "openat", IsReturn: true)] },
        { "usdt//bin/sh:sh:x", ProgramType.Kprobe, null, [new UsdtAttach("main", "/bin/sh", "sh", "x")] },
        { "uretprobe.multi//bin/sh:m*", ProgramType.Kprobe, AttachType.TraceUprobeMulti, [new UprobePatternAttach("main", "/bin/sh", "m*", IsReturn: true)] },
    };

    [Theory]
    [MemberData(nameof(Sections))]
    public void A_program_stands_in_the_section_that_libbpf_knows_it_by(string section, ProgramType type, AttachType? attach, AttachSpec[] attachments)
    {
        var program = new ProgramSpec { Name = "main", Type = type, ExpectedAttachType = attach, Entry = entry };
        ElfFile file = ElfFile.Read("written", BpfObjectWriter.Write(new BpfObject { Name = "one", Programs = [program], Attachments = [.. attachments] }));
        Assert.True(file.TryFindFunction("main", out ElfSymbol symbol));
        Assert.Equal(section, file.Sections[symbol.SectionIndex].Name);
    }

    [Fact]
    public void A_program_typed_by_something_of_the_kernel_stands_in_a_section_that_names_it()
    {
        var program = new ProgramSpec { Name = "main", Type = ProgramType.Tracing, ExpectedAttachType = AttachType.TraceFexit, AttachTarget = "do_unlinkat", IsSleepable = true, Entry = entry };
        Assert.NotNull(ElfFile.Read("written", BpfObjectWriter.Write(new BpfObject { Name = "one", Programs = [program] })).FindSection("fexit.s/do_unlinkat"));
    }

    [Theory]
    [InlineData("there is no map 'missing'", "missing", false)]
    [InlineData("'hash' is no array of one value, whose address could be taken", "hash", true)]
    [InlineData("'data' is a section of global data, not a map to call helpers with", "data", false)]
    public void An_object_whose_parts_do_not_fit_is_the_callers_mistake(string problem, string map, bool takesAddress)
    {
        var bad = new BpfObject
        {
            Name = "bad",
            Maps =
            [
                new MapSpec { Name = "hash", Type = MapType.Hash, KeySize = 4, ValueSize = 8, MaxEntries = 1 },
                new MapSpec { Name = "data", Type = MapType.Array, KeySize = 4, ValueSize = 8, MaxEntries = 1, IsReadOnlyData = true },
            ],
            Functions = [entry with { Instructions = [Instruction.LoadMap(Register.R1, new MapReference(map, 0, takesAddress)), Instruction.Exit] }],
        };
        Assert.Contains(problem, Assert.Throws<ArgumentException>(() => BpfObjectWriter.Write(bad)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_of_one_machine_are_not_written()
    {
        ImmutableArray<Instruction> code = [Instruction.LoadMapFd(Register.R1, 7), Instruction.Exit];
        Assert.Contains("instead of a name", Assert.Throws<ArgumentException>(() =>
            BpfObjectWriter.Write(new BpfObject { Name = "bad", Functions = [entry with { Instructions = code }] })).Message, StringComparison.Ordinal);
    }

    private static UprobeAttach Uprobe(string? symbol, ulong offset, bool isReturn) => new("main", "/bin/sh", [new UprobeTarget(symbol, offset, 0)], isReturn, null);

    private static string PartsOf(byte[] bytes)
    {
        ElfFile file = ElfFile.Read("example", bytes);
        var text = new StringBuilder("sections\n");
        foreach (ElfSection section in file.Sections.Skip(1))
            text.Append($"  {section.Index,2} {section.Name}: {section.Type}, {section.Flags}{(section.Type == ElfSectionType.StringTable ? "" : $", {section.Size} bytes")}\n");
        text.Append("symbols\n");
        foreach (ElfSymbol symbol in file.Symbols.Skip(1))
            text.Append($"  {symbol.Name} in {symbol.SectionIndex} at {symbol.Value}: {symbol.Binding} {symbol.Type}, {symbol.Size} bytes\n");
        foreach (ElfSection section in file.Sections.Where(section => section.Type == ElfSectionType.Relocations))
        {
            text.Append($"{section.Name}\n");
            foreach (ElfRelocation relocation in file.ReadRelocations(section))
                text.Append($"  {relocation.Offset}: type {relocation.Type}, symbol {relocation.SymbolIndex} ({file.Symbols[(int)relocation.SymbolIndex].Name})\n");
        }
        using JsonDocument model = JsonDocument.Parse(file.ReadSection(file.FindSection(".imker")!)[1..^1]);
        return $"{text}.imker\n{JsonSerializer.Serialize(model, new JsonSerializerOptions { WriteIndented = true, NewLine = "\n" })}\n";
    }
}
