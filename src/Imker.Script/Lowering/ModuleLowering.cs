using System.Collections.Immutable;
using Imker.Bytecode;
using Imker.Compiler.Ir;
using Imker.Objects;
using Imker.Script.Bound;
using Imker.Script.Types;

namespace Imker.Script.Lowering;

/// <summary>What the probes of a script share while they are lowered: maps, records, counters, variables set by the host.</summary>
internal sealed class ModuleLowering
{
    // Worst case over which a hash is not allocated in advance; an idle script should not hold gigabytes on a large machine.
    private const long PreallocationLimit = 64L << 20;
    private const int ControlRingBytes = 64 << 10;
    private const int StackMapEntries = 16 << 10;

    private readonly Dictionary<MapSymbol, MapStorage> storage = [];
    private readonly Dictionary<string, MapSpec> maps = [];
    private readonly List<RecordSchema> records = [];
    private readonly List<MapView> views = [];
    private readonly List<GlobalVariable> variables = [];
    private readonly List<IrProgram> programs = [];
    private readonly List<IrFunction> functions = [];
    private readonly LossTable losses = new();
    private readonly Dictionary<ProgramType, IrFunction> countingCallbacks = [];
    private bool usesControlRing;
    private int zeroBytes;

    public ModuleLowering(BoundProgram program, ITargetFacts facts)
    {
        Program = program;
        Facts = facts;
        DataRings = DataRings.Choose(Config, facts.PossibleCpus);
        IsPreemptible = program.Probes.Any(p => p.Kind is ProbeKind.Uprobe or ProbeKind.Uretprobe or ProbeKind.RawTracepoint);
        foreach (MapSymbol map in program.Maps)
            AddMap(map);
    }

    public BoundProgram Program { get; }

    public ITargetFacts Facts { get; }

    public ScriptConfig Config => Program.Config;

    public DataRings DataRings { get; }

    /// <summary>
    /// Some program can be interrupted by another of the script on its CPU. Those on tracepoints and timers cannot: the kernel
    /// runs them with preemption off and one at a time on a CPU (<c>bpf_prog_active</c>).
    /// </summary>
    public bool IsPreemptible { get; }

    public MapStorage StorageOf(MapSymbol map) => storage[map];

    public void AddProgram(IrProgram program) => programs.Add(program);

    /// <summary>A number for the next callback, so that its name is unique.</summary>
    public int NextCallback() => functions.Count;

    public void AddFunction(IrFunction function) => functions.Add(function);

    public int LossCell(BoundProbe probe, LossCause cause, string detail) =>
        losses.CellOf(new LossCounter(probe.Name, DisplayNameOf(probe), cause, detail));

    public static string DisplayNameOf(BoundProbe probe) =>
        probe.AttachPoints.Length == 1 ? probe.AttachPoints[0].Name : $"{probe.AttachPoints[0].Name} (and {probe.AttachPoints.Length - 1} more)";

    public int AddRecord(RecordAction action, int fixedSize, ImmutableArray<RecordField> fields, Diagnostics.SourceSpan span)
    {
        if (action.IsControl)
            usesControlRing = true;
        records.Add(new RecordSchema(records.Count, action, fixedSize, fields) { Span = span });
        return records.Count - 1;
    }

    /// <summary>The map for stacks of a depth, made at the first use.</summary>
    public string StackMap(StackType type)
    {
        string name = DataTypes.StackMapName(type.MaxFrames);
        maps.TryAdd(name, new MapSpec
        {
            Name = name,
            Type = MapType.StackTrace,
            KeySize = 4,
            ValueSize = 8 * type.MaxFrames,
            MaxEntries = StackMapEntries,
        });
        return name;
    }

    /// <summary>A variable in <c>.bss</c> that the host sets by name before the programs run.</summary>
    public (string Map, int Offset) HostVariable(string name)
    {
        GlobalVariable? variable = variables.Find(v => v.Name == name);
        if (variable is null)
        {
            variable = new GlobalVariable(name, GlobalSections.HostVariables, variables.Count * 8, 8);
            variables.Add(variable);
        }
        return (variable.Map, variable.Offset);
    }

    /// <summary>A section of zeros at least so long, from which new entries are made.</summary>
    public string ZeroSection(int size)
    {
        zeroBytes = Math.Max(zeroBytes, size);
        return GlobalSections.Zeros;
    }

    /// <summary>The callback with which a map's entries are counted: it only goes on to the next.</summary>
    public IrFunction CountingCallback(ProgramType type)
    {
        if (countingCallbacks.TryGetValue(type, out IrFunction? callback))
            return callback;
        callback = new IrFunction($"count_{type.ToString().ToLowerInvariant()}", IrType.I64,
            new IrParameter(IrType.Pointer(Provenance.Map), "map", 0),
            new IrParameter(IrType.Pointer(Provenance.MapKey), "key", 1),
            new IrParameter(IrType.Pointer(Provenance.MapValue), "value", 2),
            new IrParameter(IrType.Pointer(Provenance.Stack), "none", 3))
        {
            ProgramType = type,
        };
        var ir = new IrBuilder(callback);
        IrBlock entry = callback.NewBlock("entry");
        ir.StartBlock(entry);
        ir.Seal(entry);
        ir.Return(ir.Int64(0));
        ir.Finish();
        countingCallbacks.Add(type, callback);
        functions.Add(callback);
        return callback;
    }

    public IrModule Finish(string name)
    {
        if (Program.SendsData)
            AddDataRings();
        if (usesControlRing)
            AddRing(RecordSchema.ControlRing, ControlRingBytes);
        if (zeroBytes > 0)
            maps.Add(GlobalSections.Zeros, GlobalSections.Section(GlobalSections.Zeros, zeroBytes) with { IsReadOnlyData = true });
        if (variables.Count > 0)
            maps.Add(GlobalSections.HostVariables, GlobalSections.Section(GlobalSections.HostVariables, variables.Count * 8));

        var module = new IrModule
        {
            Losses = losses,
            Shell = new BpfObject
            {
                Name = name,
                License = Config.License,
                Maps = [.. maps.Values],
                Records = [.. records],
                Views = [.. views],
                Variables = [.. variables],
                Attachments = [.. Program.Probes.SelectMany(AttachmentsOf)],
            },
        };
        module.Programs.AddRange(programs);
        module.Functions.AddRange(functions);
        return module;
    }

    // Attach points of one executable share a link where the host can give them one, so they go together.
    private static IEnumerable<AttachSpec> AttachmentsOf(BoundProbe probe)
    {
        var uprobes = new Dictionary<(string, bool, int?), UprobeAttach>();
        foreach (BoundAttachPoint point in probe.AttachPoints)
        {
            if (point.Attach is not UprobeAttach uprobe)
            {
                yield return point.Attach;
                continue;
            }
            var key = (uprobe.Binary, uprobe.IsReturn, uprobe.ProcessId);
            uprobes[key] = uprobes.TryGetValue(key, out UprobeAttach? joined)
                ? joined with { Targets = [.. joined.Targets, .. uprobe.Targets] }
                : uprobe;
        }
        foreach (UprobeAttach uprobe in uprobes.Values)
            yield return uprobe;
    }

    private void AddDataRings()
    {
        if (!DataRings.AreSeveral)
        {
            AddRing(RecordSchema.DataRing, DataRings.BytesEach);
            return;
        }
        string[] names = [.. Enumerable.Range(0, DataRings.Count).Select(i => $"{RecordSchema.DataRing}{i}")];
        foreach (string name in names)
            AddRing(name, DataRings.BytesEach);
        maps.Add(RecordSchema.DataRing, new MapSpec
        {
            Name = RecordSchema.DataRing,
            Type = MapType.ArrayOfMaps,
            KeySize = sizeof(int),
            ValueSize = sizeof(int),
            MaxEntries = (uint)names.Length,
            InnerMap = maps[names[0]],
            InnerMaps = [.. names],
        });
    }

    private void AddRing(string name, int bytes) =>
        maps.Add(name, new MapSpec { Name = name, Type = MapType.RingBuffer, MaxEntries = (uint)bytes });

    private void AddMap(MapSymbol symbol)
    {
        MapStorage map = MapStorage.Choose(symbol, Config, IsPreemptible);
        storage.Add(symbol, map);
        long worstCase = (long)map.Entries * (map.KeySize + (long)map.ValueSize * (map.IsPerCpu ? Facts.PossibleCpus : 1));
        bool isSparse = map.Type is MapType.Hash or MapType.PerCpuHash && worstCase > PreallocationLimit;
        var spec = new MapSpec
        {
            Name = map.Name,
            Type = map.Type,
            KeySize = map.KeySize,
            ValueSize = map.ValueSize,
            MaxEntries = (uint)map.Entries,
            Flags = (isSparse ? MapFlags.NoPreallocation : MapFlags.None) | (map.IsShared ? MapFlags.MemoryMappable : MapFlags.None),
        };
        maps.Add(spec.Name, spec);
        if (map.Alternate is { } alternate)
        {
            maps.Add(alternate, spec with { Name = alternate });
            HostVariable(map.GenerationVariable);
        }
        views.Add(new MapView(symbol.Name, map.Name, symbol.Key is null ? null : DataTypes.Of(symbol.Key), DataTypes.Of(symbol.Value))
        {
            PresenceOffset = map.PresenceOffset,
            AlternateMap = map.Alternate,
            GenerationVariable = map.Alternate is null ? null : map.GenerationVariable,
            PrintAtExit = Config.PrintMapsOnExit,
        });
    }
}

/// <summary>The sections of global data that a script's programs use.</summary>
internal static class GlobalSections
{
    /// <summary>Variables that the host sets: start time, process ids.</summary>
    public const string HostVariables = "host";

    /// <summary>Zeros, never written.</summary>
    public const string Zeros = "zeros";

    public static MapSpec Section(string name, int size) => new()
    {
        Name = name,
        Type = MapType.Array,
        KeySize = 4,
        ValueSize = TupleLayout.AlignUp(size, 8),
        MaxEntries = 1,
    };
}
