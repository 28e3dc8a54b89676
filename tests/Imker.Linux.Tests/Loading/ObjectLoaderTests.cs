using System.Collections.Immutable;
using Imker.Bytecode;
using Imker.Linux.Tests.Links;
using Imker.Objects;
using Imker.TestKit;
using static Imker.Bytecode.Register;

namespace Imker.Linux.Tests.Loading;

[Collection(KernelEvents.OneAtATime)]
public sealed class ObjectLoaderTests
{
    [Fact]
    public void Maps_come_with_their_contents_and_constants_are_frozen()
    {
        var source = new BpfObject
        {
            Name = "data",
            Maps =
            [
                new MapSpec { Name = ".rodata", Type = MapType.Array, KeySize = 4, ValueSize = 16, MaxEntries = 1, Contents = new byte[] { 1, 2, 3 }, IsReadOnlyData = true },
                new MapSpec { Name = ".bss", Type = MapType.Array, KeySize = 4, ValueSize = 8, MaxEntries = 1, Flags = MapFlags.MemoryMappable },
            ],
        };
        using LoadedObject loaded = ObjectLoader.Load(source);
        byte[] value = new byte[16];
        Assert.True(loaded.Maps[".rodata"].TryLookup(new byte[4], value));
        Assert.Equal([1, 2, 3, 0], value[..4]);
        Assert.Throws<BpfException>(() => loaded.Maps[".rodata"].Update(new byte[4], value));
        loaded.Maps[".bss"].Update(new byte[4], value[..8]);
    }

    [Fact]
    public void A_map_of_maps_holds_the_maps_that_it_names()
    {
        var ring = new MapSpec { Name = "first", Type = MapType.RingBuffer, MaxEntries = 4096 };
        var source = new BpfObject
        {
            Name = "outer",
            Maps =
            [
                new MapSpec { Name = "rings", Type = MapType.ArrayOfMaps, KeySize = 4, ValueSize = 4, MaxEntries = 2, InnerMap = ring, InnerMaps = ["second", "first"] },
                ring,
                ring with { Name = "second" },
            ],
        };
        using LoadedObject loaded = ObjectLoader.Load(source);
        uint[] held = [.. Enumerable.Range(0, 2).Select(i =>
        {
            byte[] id = new byte[4];
            return loaded.Maps["rings"].TryLookup(BitConverter.GetBytes(i), id) ? BitConverter.ToUInt32(id) : 0;
        })];
        Assert.Equal([loaded.Maps["second"].GetInfo().Id, loaded.Maps["first"].GetInfo().Id], held);
        ArgumentException missing = Assert.Throws<ArgumentException>(() => ObjectLoader.Load(source with { Maps = [source.Maps[0], ring] }));
        Assert.Contains("'second'", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_with_functions_runs_when_it_is_told_to()
    {
        // main: .bss[8] = add(constant + 2); add calls twice, a function behind a function.
        ImmutableArray<Instruction> main =
        [
            Instruction.LoadMap(R1, new MapReference(".rodata", 8, ValueAddress: true)),
            Instruction.Load(MemorySize.DoubleWord, R1, R1, 0),
            Instruction.CallFunction(new FunctionReference("add_two")),
            Instruction.LoadMap(R1, new MapReference(".bss", 8, ValueAddress: true)),
            Instruction.Store(MemorySize.DoubleWord, R1, 0, R0),
            Instruction.Mov(R0, 0),
            Instruction.Exit,
        ];
        BpfObject source = WithData(main, ProgramType.RawTracepoint) with
        {
            Functions =
            [
                new FunctionSpec { Name = "unused", Instructions = [Instruction.Mov(R0, R9), Instruction.Exit] },
                new FunctionSpec
                {
                    Name = "add_two",
                    Instructions = [Instruction.Alu(AluOperation.Add, R1, 2), Instruction.CallFunction(new FunctionReference("twice")), Instruction.Exit],
                },
                new FunctionSpec
                {
                    Name = "twice", Instructions = [Instruction.Mov(R0, R1), Instruction.Alu(AluOperation.Add, R0, R1), Instruction.Exit],
                },
            ],
            Attachments = [new RunOnceAttach("main", RunPhase.Begin)],
        };
        using LoadedObject loaded = ObjectLoader.Load(source);
        loaded.Run(RunPhase.End);
        Assert.Equal(0UL, Bss(loaded));
        loaded.Run(RunPhase.Begin);
        Assert.Equal(2 * (40 + 2UL), Bss(loaded));
    }

    [Fact]
    public void A_callback_is_called_for_each_round()
    {
        KernelGate.Require(KernelFeature.Loop);
        ImmutableArray<Instruction> main =
        [
            Instruction.Mov(R1, 10),
            Instruction.LoadFunction(R2, new FunctionReference("round")),
            Instruction.Mov(R3, 0),
            Instruction.Mov(R4, 0),
            Instruction.CallHelper(HelperId.Loop),
            Instruction.Mov(R0, 0),
            Instruction.Exit,
        ];
        ImmutableArray<Instruction> round =
        [
            Instruction.LoadMap(R2, new MapReference(".bss", 8, ValueAddress: true)),
            Instruction.Atomic(AtomicOperation.Add, MemorySize.DoubleWord, R2, 0, R1),
            Instruction.Mov(R0, 0),
            Instruction.Exit,
        ];
        BpfObject source = WithTypes(WithData(main, ProgramType.RawTracepoint), new FunctionSpec { Name = "round", Instructions = round });
        using LoadedObject loaded = ObjectLoader.Load(source with { Attachments = [new RunOnceAttach("main", RunPhase.Begin)] });
        loaded.Run(RunPhase.Begin);
        Assert.Equal(45UL, Bss(loaded));
    }

    [Fact]
    public void A_refusal_names_the_line_of_the_source()
    {
        ImmutableArray<Instruction> main = [Instruction.LoadImm64(R0, 1), Instruction.Mov(R0, R5), Instruction.Exit];
        BpfObject source = WithData(main, ProgramType.RawTracepoint);
        ProgramSpec program = source.Programs[0] with
        {
            DisplayName = "rawtracepoint:sys_enter",
            Entry = source.Programs[0].Entry with
            {
                Lines = [new SourceLine(0, "try.bt", 1, 1, "rawtracepoint:sys_enter"), new SourceLine(1, "try.bt", 3, 5, "@ = bad;")],
            },
        };
        VerifierException e = Assert.Throws<VerifierException>(() => ObjectLoader.Load(source with { Programs = [program] }));
        Assert.Equal(
            "cannot load program 'rawtracepoint:sys_enter': the kernel's verifier refuses it at try.bt:3:5: R5 !read_ok (EACCES)", e.Message);
        Assert.Equal("@ = bad;", e.Location?.Line?.Text);
    }

    [Fact]
    public void The_kernel_s_log_shows_the_lines_of_the_source()
    {
        ImmutableArray<Instruction> main = [Instruction.LoadImm64(R0, 1), Instruction.Mov(R0, R5), Instruction.Exit];
        BpfObject source = WithTypes(WithData(main, ProgramType.RawTracepoint));
        ProgramSpec program = source.Programs[0];
        program = program with { Entry = program.Entry with { Lines = [new SourceLine(1, "try.bt", 3, 5, "@ = bad;")] } };
        VerifierException e = Assert.Throws<VerifierException>(() => ObjectLoader.Load(source with { Programs = [program] }));
        // Since 6.10 file and line stand behind it.
        Assert.Contains("; @ = bad;", e.Log, StringComparison.Ordinal);
    }

    [Fact]
    public void A_kernel_function_is_called_by_its_name()
    {
        KernelGate.Require(KernelFeature.OpenCodedIterators);
        ImmutableArray<Instruction> main =
        [
            Instruction.CallKfunc(new KfuncReference("bpf_rcu_read_lock")),
            Instruction.CallKfunc(new KfuncReference("bpf_rcu_read_unlock")),
            Instruction.Mov(R0, 0),
            Instruction.Exit,
        ];
        using LoadedObject loaded = ObjectLoader.Load(
            WithData(main, ProgramType.Tracing, AttachType.TraceRawTracepoint) is var s
                ? s with { Programs = [s.Programs[0] with { AttachTarget = "sys_enter" }] } : s);
        Assert.Equal(ProgramType.Tracing, loaded.Programs["main"].GetInfo().Type);
    }

    [Fact]
    public void A_kernel_function_that_is_not_there_is_named_unless_it_is_weak()
    {
        ImmutableArray<Instruction> Body(bool weak) =>
        [
            Instruction.Mov(R0, 0),
            Instruction.JumpIf(JumpCondition.Equal, R0, 0, 1),
            Instruction.CallKfunc(new KfuncReference("no_such_function", IsWeak: weak)),
            Instruction.Mov(R0, 0),
            Instruction.Exit,
        ];
        BpfException e = Assert.Throws<BpfException>(() => ObjectLoader.Load(WithData(Body(weak: false), ProgramType.RawTracepoint)));
        Assert.EndsWith("this kernel has no function 'no_such_function' that programs may use", e.Message, StringComparison.Ordinal);
        using LoadedObject loaded = ObjectLoader.Load(WithData(Body(weak: true), ProgramType.RawTracepoint));
        Assert.Single(loaded.Programs);
    }

    [Fact]
    public void A_kernel_symbol_is_loaded_by_its_address()
    {
        ImmutableArray<Instruction> main =
        [
            Instruction.LoadKernelSymbol(R2, new KernelSymbolReference("_stext", IsTyped: false)),
            Instruction.LoadMap(R1, new MapReference(".bss", 8, ValueAddress: true)),
            Instruction.Store(MemorySize.DoubleWord, R1, 0, R2),
            Instruction.Mov(R0, 0),
            Instruction.Exit,
        ];
        using LoadedObject loaded = ObjectLoader.Load(
            WithData(main, ProgramType.RawTracepoint) with { Attachments = [new RunOnceAttach("main", RunPhase.Begin)] });
        loaded.Run(RunPhase.Begin);
        Assert.Equal(KernelSymbols.Find("_stext"), Bss(loaded));
    }

    [Fact]
    public void Everything_is_attached_and_detached_together()
    {
        BpfObject source = Counter(
            new TracepointAttach("main", "syscalls", "sys_enter_getppid") { DisplayName = "tracepoint:syscalls:sys_enter_getppid" });
        using LoadedObject loaded = ObjectLoader.Load(source);
        Assert.Empty(loaded.Attach());
        Assert.Single(loaded.Links);
        Getppid.CallTimes(6);
        loaded.Detach();
        Getppid.CallTimes(6);
        Assert.Equal(6UL, Bss(loaded));
    }

    [Fact]
    public void What_cannot_be_attached_is_told_and_the_rest_is_attached()
    {
        BpfObject source = Counter(
            new TracepointAttach("main", "syscalls", "sys_enter_getpidd") { DisplayName = "tracepoint:syscalls:sys_enter_getpidd" },
            new TracepointAttach("main", "syscalls", "sys_enter_getppid"));
        using LoadedObject loaded = ObjectLoader.Load(source);
        AttachFailure failure = Assert.Single(loaded.Attach());
        Assert.Same(source.Attachments[0], failure.Attachment);
        Assert.EndsWith(
            "this kernel has no tracepoint 'sys_enter_getpidd' in 'syscalls' (did you mean 'sys_enter_getpid'?)", failure.Reason.Message, StringComparison.Ordinal);
        Assert.Equal("tracepoint:syscalls:sys_enter_getppid", Assert.Single(loaded.Links).Name);
    }

    [Fact]
    public void A_map_that_the_object_does_not_have_is_the_writer_s_bug()
    {
        ImmutableArray<Instruction> main = [Instruction.LoadMap(R1, new MapReference("nowhere")), Instruction.Mov(R0, 0), Instruction.Exit];
        Assert.Throws<ArgumentException>(() => ObjectLoader.Load(WithData(main, ProgramType.RawTracepoint)));
    }

    internal static ulong Bss(LoadedObject loaded)
    {
        byte[] value = new byte[16];
        Assert.True(loaded.Maps[".bss"].TryLookup(new byte[4], value));
        return BitConverter.ToUInt64(value, 8);
    }

    /// <summary>A program <c>main</c> with 40 at <c>.rodata[8]</c> and a cell at <c>.bss[8]</c>.</summary>
    internal static BpfObject WithData(ImmutableArray<Instruction> main, ProgramType type, AttachType? attachType = null)
    {
        byte[] constants = new byte[16];
        constants[8] = 40;
        return new BpfObject
        {
            Name = "test",
            Maps =
            [
                new MapSpec { Name = ".rodata", Type = MapType.Array, KeySize = 4, ValueSize = 16, MaxEntries = 1, Contents = constants, IsReadOnlyData = true },
                new MapSpec { Name = ".bss", Type = MapType.Array, KeySize = 4, ValueSize = 16, MaxEntries = 1 },
            ],
            Programs =
            [
                new ProgramSpec
                {
                    Name = "main", Type = type, ExpectedAttachType = attachType, Entry = new FunctionSpec { Name = "main", Instructions = main },
                },
            ],
        };
    }

    /// <summary>A tracepoint program that counts its runs in this process at <c>.bss[8]</c>.</summary>
    private static BpfObject Counter(params AttachSpec[] attachments)
    {
        var builder = new CodeBuilder();
        var end = new Label("end");
        builder.OnlyIn(Environment.ProcessId, end);
        builder.Emit(
            Instruction.LoadMap(R1, new MapReference(".bss", 8, ValueAddress: true)),
            Instruction.Mov(R2, 1),
            Instruction.Atomic(AtomicOperation.Add, MemorySize.DoubleWord, R1, 0, R2));
        builder.Return(end);
        return WithData(builder.ToCode().Instructions, ProgramType.Tracepoint) with { Attachments = [.. attachments] };
    }

    /// <summary>The same object with type information for its program and the functions given.</summary>
    private static BpfObject WithTypes(BpfObject source, params FunctionSpec[] functions)
    {
        var btf = new Btf.BtfBuilder();
        uint integer = btf.AddInt("int", 4, Btf.BtfIntEncoding.Signed);
        uint pointer = btf.AddPointer(0);
        uint entry = btf.AddFunctionPrototype(integer, new Btf.BtfParameterSpec("ctx", pointer));
        uint callback = btf.AddFunctionPrototype(integer, new Btf.BtfParameterSpec("index", integer), new Btf.BtfParameterSpec("ctx", pointer));
        ProgramSpec program = source.Programs[0];
        return source with
        {
            Programs = [program with { Entry = program.Entry with { BtfTypeId = btf.AddFunction("main", entry) } }],
            Functions = [.. functions.Select(f => f with { BtfTypeId = btf.AddFunction(f.Name, callback) })],
            Btf = btf.ToArray(),
        };
    }
}
