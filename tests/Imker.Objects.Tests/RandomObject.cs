using System.Collections.Immutable;
using Imker.Btf;
using Imker.Bytecode;
using Imker.Diagnostics;

namespace Imker.Objects.Tests;

/// <summary>
/// Makes an object out of a seed that has something of everything: programs with references of each kind, maps, types, attachments,
/// records, views. Its parts fit together; its names are what users and languages come up with.
/// </summary>
public sealed class RandomObject
{
    // Names that differ only in what C identifiers cannot hold are among them.
    private static readonly string[] awkward = ["a b", "a_b", "a-b", "@start", "", "9", ".bss", ".data", ".rodata.x", "é", "kind_2", "kind", "a_b_2", "$"];
    private static readonly InstructionForm[] forms = [.. InstructionForms.All.Where(form => !form.NamesReference)];

    private readonly Random random;
    private readonly BtfBuilder types = new();
    private readonly ImmutableArray<SourceText> sources;
    private readonly ImmutableArray<uint> functionTypes;
    private readonly ImmutableArray<MapSpec> maps;
    private readonly ImmutableArray<MapSpec> sections;
    private readonly string[] programs, functions, views;
    private readonly ImmutableArray<KernelVariable> kernelVariables;
    private ImmutableArray<GlobalVariable> variables = [];

    private RandomObject(int seed)
    {
        random = new Random(seed);
        sources = [.. Enumerable.Range(0, 2).Select(i => new SourceText($"script{i}.bt", Text() + "\n\tprobe { x }\n" + Text()))];
        uint prototype = types.AddFunctionPrototype(types.AddInt("int", 4, BtfIntEncoding.Signed), new BtfParameterSpec("ctx", types.AddPointer(0)));
        functionTypes = [.. Enumerable.Range(0, 3).Select(i => types.AddFunction($"f{i}", prototype))];
        programs = Names(1, 4);
        functions = Names(0, 4);
        views = Names(0, 3);
        string[] names = Names(3, 8);
        maps = [.. names[2..].Select(MapOf)];
        maps = [.. maps, OuterOf([.. maps.Where(_ => Flag()).Select(map => Flag() ? map.Name : "")]), ProgramsOf(), TableOf(types.AddStruct("ops", 16))];
        kernelVariables = Flag() ? [] : [.. Enumerable.Range(0, 3).Select(i => new KernelVariable($"CONFIG_{i}", 8 * i, Pick(1, 4, 8), Any<KernelVariableKind>()) { IsSigned = Flag(), IsWeak = Flag() })];
        sections = [.. names[..2].Select(SectionOf)];
    }

    public static BpfObject Make(int seed) => new RandomObject(seed).Make();

    private BpfObject Make()
    {
        string[] variableNames = Names(0, 4);
        variables = [.. variableNames.Select((name, i) => new GlobalVariable(name, sections[0].Name, 8 * i, Pick(0, 1, 2, 4, 7, 8)) { IsStatic = Flag(), IsWeak = Flag() })];
        bool hasLosses = Flag();
        return new BpfObject
        {
            Name = Text(),
            License = Pick("GPL", "", "Dual MIT/GPL"),
            Programs = [.. programs.Select(ProgramOf)],
            Functions = [.. functions.Select(FunctionOf)],
            Maps = [.. maps, .. sections.OrderBy(section => section.Contents.Length), .. ConfigurationMap()],
            KernelVariables = kernelVariables,
            Attachments = [.. Many(6, AttachmentOf)],
            Records = [.. Enumerable.Range(0, random.Next(5)).Select(RecordOf)],
            Views = [.. views.Select(ViewOf)],
            Losses = hasLosses ? [.. Many(4, () => new LossCounter(Pick(programs), Text(), Any<LossCause>(), Text()))] : [],
            LossMap = hasLosses ? sections[1].Name : null,
            Variables = variables,
            Btf = types.ToArray(),
        };
    }

    private ProgramSpec ProgramOf(string name) => new()
    {
        Name = name,
        Type = Pick(ProgramType.Tracepoint, ProgramType.Kprobe, ProgramType.RawTracepoint, ProgramType.Tracing, ProgramType.Xdp, (ProgramType)99),
        Entry = FunctionOf(Flag() ? name : Text()),
        ExpectedAttachType = Pick<AttachType?>(null, null, AttachType.TraceUprobeMulti, AttachType.TraceFentry, (AttachType)77),
        AttachTarget = Pick(null, "do_sys_open"),
        IsSleepable = Flag(),
        TakesFragments = Flag(),
        IsAutoLoaded = Flag(),
        DisplayName = Text(),
    };

    private FunctionSpec FunctionOf(string name)
    {
        ImmutableArray<Instruction> instructions = [.. Many(30, InstructionOf), Instruction.Exit];
        return new FunctionSpec
        {
            Name = name,
            Instructions = instructions,
            Lines = LinesOf(instructions.Length),
            BtfTypeId = Flag() ? Pick([.. functionTypes]) : 0,
            IsGlobal = Flag(),
            IsWeak = Flag(),
            CoreRelocations = [.. Enumerable.Range(0, instructions.Length).Where(_ => random.Next(5) == 0)
                .Select(i => new CoreRelocationSpec(i, Any<CoreRelocationKind>(), Pick([.. functionTypes]), Pick("0", "0:1:2", "")))],
        };
    }

    // Now and then lines that .BTF.ext cannot hold: a column over 1,023, a zero in a text, none at the start.
    private ImmutableArray<SourceLine> LinesOf(int count)
    {
        bool isOrdinary = random.Next(4) > 0;
        return [.. Enumerable.Range(0, count).Where(i => i == 0 && isOrdinary || random.Next(3) == 0).Select(i => new SourceLine(
            i, Text(), 1 + random.Next(5000), random.Next(isOrdinary ? 1024 : 70_000), isOrdinary ? Text() : Text() + "\0" + Text()))];
    }

    private Instruction InstructionOf()
    {
        var register = (Register)random.Next(10);
        bool isWeak = Flag();
        string kernel = Pick("bpf_task_acquire", "bpf_rcu_read_lock", "jiffies");
        return random.Next(12) switch
        {
            0 when maps.Length > 0 => Instruction.LoadMap(register, new MapReference(Pick([.. maps.Where(map => map.StructOps is null)]).Name)),
            1 or 2 => ValueOf(register, Pick([.. sections])),
            3 when functions.Length > 0 => Instruction.LoadFunction(register, new FunctionReference(Pick(functions))),
            4 when functions.Length > 0 => Instruction.CallFunction(new FunctionReference(Pick(functions))),
            5 => Instruction.CallKfunc(new KfuncReference(kernel, Pick(null, "nf_nat"), isWeak)),
            6 => Instruction.LoadKernelSymbol(register, new KernelSymbolReference(kernel, Flag(), isWeak)),
            7 => Instruction.CallHelper(HelperId.KtimeGetNs),
            8 when kernelVariables.Length > 0 => Instruction.LoadMap(register, new MapReference(".kconfig", Pick([.. kernelVariables]).Offset, ValueAddress: true)),
            _ => Plain(),
        };
    }

    private Instruction Plain()
    {
        while (true)
        {
            Instruction plain = Pick(forms).Create(
                (Register)random.Next(11), (Register)random.Next(11), (short)random.Next(-50, 50), random.NextInt64(long.MinValue, long.MaxValue));
            // Wide loads and calls of anything but a number and a helper belong to one machine.
            if (plain is { IsWideLoad: false, IsCall: false } or { IsWideLoad: true, SrcField: 0 })
                return plain;
        }
    }

    private Instruction ValueOf(Register register, MapSpec section) =>
        Instruction.LoadMap(register, new MapReference(section.Name, random.Next(section.ValueSize + 1), ValueAddress: true));

    private MapSpec MapOf(string name) => new()
    {
        Name = name,
        Type = Pick(MapType.Hash, MapType.PerCpuHash, MapType.RingBuffer, MapType.StackTrace, MapType.HashOfMaps, (MapType)88),
        KeySize = Pick(0, 4, 8, 24),
        ValueSize = Pick(0, 4, 8, 100),
        MaxEntries = Pick(0u, 1u, 4096u, uint.MaxValue),
        Flags = Pick(MapFlags.None, MapFlags.NoPreallocation | MapFlags.ReadOnlyProgram, (MapFlags)0x8000_0000),
        InnerMap = Flag() ? null : new MapSpec { Name = Text(), Type = MapType.Array, KeySize = 4, ValueSize = 8, MaxEntries = 3, Contents = Bytes(8) },
        Contents = Flag() ? default : Bytes(random.Next(20)),
        BtfKeyTypeId = Pick(0u, 1u, 2u),
        BtfValueTypeId = Pick(0u, 1u),
    };

    private MapSpec OuterOf(ImmutableArray<string> held) => new()
    {
        Name = "of maps",
        Type = Pick(MapType.ArrayOfMaps, MapType.HashOfMaps),
        KeySize = sizeof(int),
        ValueSize = sizeof(int),
        MaxEntries = 16,
        InnerMap = new MapSpec { Name = Text(), Type = MapType.RingBuffer, MaxEntries = 4096 },
        InnerMaps = held,
    };

    private MapSpec ProgramsOf() => new()
    {
        Name = "of programs",
        Type = MapType.ProgArray,
        KeySize = sizeof(int),
        ValueSize = sizeof(int),
        MaxEntries = 16,
        InnerPrograms = [.. programs.Where(_ => Flag()).Select(name => Flag() ? name : "")],
        Pinning = Any<MapPinning>(),
        NumaNode = Pick(0u, 7u),
        Extra = Pick(0ul, 3ul, ulong.MaxValue),
    };

    private MapSpec TableOf(uint type) => new()
    {
        Name = "table",
        Type = MapType.StructOps,
        KeySize = 4,
        ValueSize = 16,
        MaxEntries = 1,
        Contents = Bytes(16),
        StructOps = new StructOpsSpec(type, Flag() ? [] : [new StructOpsFunction(8, Pick(programs))]) { NeedsLink = Flag(), IsOnRequest = Flag() },
    };

    private IEnumerable<MapSpec> ConfigurationMap() => kernelVariables.IsEmpty ? [] : [new MapSpec
    {
        Name = ".kconfig",
        Type = MapType.Array,
        KeySize = 4,
        ValueSize = 24,
        MaxEntries = 1,
        IsReadOnlyData = true,
    }];

    private MapSpec SectionOf(string name)
    {
        int size = 32 + random.Next(100);
        return new MapSpec
        {
            Name = name,
            Type = MapType.Array,
            KeySize = 4,
            ValueSize = size,
            MaxEntries = 1,
            Flags = Pick(MapFlags.None, MapFlags.MemoryMappable),
            Contents = Flag() ? default : Bytes(1 + random.Next(size)),
            IsReadOnlyData = Flag(),
        };
    }

    private AttachSpec AttachmentOf()
    {
        string program = Pick(programs);
        AttachSpec attachment = random.Next(11) switch
        {
            5 => new UprobePatternAttach(program, "/bin/sh", Text(), Flag()),
            6 => new KprobeAttach(program, Text(), Number(), Flag()),
            7 => new KprobeMultiAttach(program, Text(), Flag()),
            8 => new KsyscallAttach(program, Text(), Flag()),
            9 => new UsdtAttach(program, "/bin/sh", Text(), Text()),
            10 => new TypedAttach(program),
            0 => new TracepointAttach(program, Pick("sched", Text()), Text()),
            1 => new RawTracepointAttach(program, Text()),
            2 => new UprobeAttach(program, "/usr/lib/libc.so.6", [.. Many(3, () => new UprobeTarget(Pick(null, Text()), Number(), Number()))], Flag(),
                Pick<int?>(null, 7)),
            3 => new TimerAttach(program, Flag(), Number(), Number()),
            _ => new RunOnceAttach(program, Any<RunPhase>()),
        };
        return attachment with { DisplayName = Text(), Cookie = Flag() ? 0 : Number(), Span = Span() };
    }

    private RecordSchema RecordOf(int id)
    {
        RecordField[] fields = [.. Many(4, () => new RecordField(0, TypeOf(2), Flag()))];
        int size = RecordSchema.HeaderSize;
        for (int i = 0; i < fields.Length; i++)
        {
            fields[i] = fields[i] with { Offset = size };
            size += fields[i].IsVariable ? 4 : fields[i].Type.Size;
        }
        return new RecordSchema(id, ActionOf(), size, [.. fields]) { Span = Span() };
    }

    private RecordAction ActionOf() => (views.Length > 0 ? random.Next(8) : random.Next(5)) switch
    {
        0 => new PrintfAction(Text(), Any<PrintfTarget>()),
        1 => new PrintValueAction(),
        2 => new JoinAction(Text()),
        3 => new TimeAction(Text()),
        4 => new ExitAction(),
        5 => new PrintMapAction(Pick(views), random.Next(), random.NextInt64(), Flag()),
        6 => new ClearMapAction(Pick(views)),
        _ => new ZeroMapAction(Pick(views)),
    };

    private MapView ViewOf(string name) => new(name, AnyMap(), Flag() ? null : TypeOf(2), TypeOf(2))
    {
        AlternateMap = Flag() ? null : AnyMap(),
        GenerationVariable = variables.IsEmpty || Flag() ? null : Pick([.. variables]).Name,
        PresenceOffset = Pick(-1, 8),
        PrintAtExit = Flag(),
    };

    private DataType TypeOf(int depth) => random.Next(depth > 0 ? 26 : 22) switch
    {
        0 => new IntegerData(Pick(1, 2, 4, 8), Flag()),
        1 => new BooleanData(),
        2 => new StringData(random.Next(2000)),
        3 => new BufferData(random.Next(2000)),
        4 => new PointerData(),
        5 => new EnumData(Pick(1, 4, 8), Flag(), Text(), [.. Many(3, () => new EnumName(random.NextInt64(long.MinValue, long.MaxValue), Text()))]),
        6 => new KernelSymbolData(),
        7 => new UserSymbolData(),
        8 => new StackData(AnyMap(), Flag(), Any<StackMode>(), random.Next(200)),
        9 => new InternetAddressData(),
        10 => new MacAddressData(),
        11 => new TimestampData(Text()),
        12 => new UserNameData(),
        13 => new NameIndexData([.. Many(3, Text)]),
        14 => new CountData(),
        15 => new SumData(Flag()),
        16 => new MinData(Flag()),
        17 => new MaxData(Flag()),
        18 => new AverageData(Flag()),
        19 => new StatsData(Flag()),
        20 => new Log2HistogramData(random.Next(6)),
        21 => new LinearHistogramData(-random.Next(100), 1 + random.Next(100), 1 + random.Next(20)),
        22 => new ArrayData(TypeOf(depth - 1), random.Next(5)),
        _ => FieldsOf(depth),
    };

    private DataType FieldsOf(int depth)
    {
        int size = 0;
        ImmutableArray<DataField> fields = [.. Many(3, () => TypeOf(depth - 1)).Select(type =>
        {
            var field = new DataField(Text(), size, type);
            size += type.Size;
            return field;
        })];
        return Flag() ? new TupleData(size, fields) : new StructData(size, Text(), fields);
    }

    private SourceSpan Span()
    {
        SourceText source = Pick([.. sources]);
        int start = random.Next(source.Length + 1);
        return Flag() ? SourceSpan.None : new SourceSpan(source, start, random.Next(source.Length - start + 1));
    }

    private string AnyMap() => Pick([.. maps, .. sections]).Name;

    private string[] Names(int least, int most) =>
        [.. Enumerable.Range(0, 20).Select(i => Flag() ? Pick(awkward) : $"name{i}").Distinct().Take(random.Next(least, most + 1))];

    private string Text() => Pick("", "x", "a \"quoted\" \\ text\n", "tracepoint:sched:sched_switch", "günstig 🐝", "%s\t%d\u0001\u202e", "</script>");

    private byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private IEnumerable<T> Many<T>(int most, Func<T> make) => Enumerable.Range(0, random.Next(most)).Select(_ => make());

    private ulong Number() => (ulong)random.NextInt64(long.MinValue, long.MaxValue);

    private bool Flag() => random.Next(2) == 0;

    private T Any<T>()
        where T : struct, Enum => Pick(Enum.GetValues<T>());

    private T Pick<T>(params T[] choices) => choices[random.Next(choices.Length)];
}
