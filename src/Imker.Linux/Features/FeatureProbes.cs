using System.Collections.Concurrent;
using Imker.Btf;
using Imker.Bytecode;
using Imker.Linux.Interop;
using Imker.Objects;
using static Imker.Bytecode.Register;

namespace Imker.Linux;

/// <summary>Asks the running kernel for features: by trying, never by its version. Each is asked for once in the life of the process.</summary>
public static class FeatureProbes
{
    private static readonly ConcurrentDictionary<KernelFeature, FeatureState> answers = new();
    private static readonly ConcurrentDictionary<(ProgramType, HelperId), FeatureState> helpers = new();

    private static readonly Dictionary<KernelFeature, Func<FeatureState>> probes = new()
    {
        [KernelFeature.RingBuffer] = () => MapProbe.CanCreate(MapType.RingBuffer, 0, 0, (uint)Environment.SystemPageSize),
        [KernelFeature.Jump32] = () => ProgramProbe.Loads(
            Instruction.Mov(R0, 0), Instruction.JumpIf32(JumpCondition.Equal, R0, 1, 0), Instruction.Exit),
        [KernelFeature.BoundedLoops] = () => ProgramProbe.Loads(
            Instruction.Mov(R0, 3), Instruction.Alu(AluOperation.Sub, R0, 1),
            Instruction.JumpIf(JumpCondition.NotEqual, R0, 0, -2), Instruction.Exit),
        [KernelFeature.MapBatch] = MapProbe.HasBatches,
        [KernelFeature.MemoryCgroupAccounting] = () => AskHelper(ProgramType.SocketFilter, HelperId.KtimeGetCoarseNs),
        [KernelFeature.CurrentTaskBtf] = () => AskHelper(ProgramType.Kprobe, HelperId.GetCurrentTaskBtf),
        [KernelFeature.FetchingAtomics] = () => ProgramProbe.Loads(
            Instruction.StoreConstant(MemorySize.DoubleWord, R10, -8, 0), Instruction.Mov(R0, 1),
            Instruction.Atomic(AtomicOperation.FetchAdd, MemorySize.DoubleWord, R10, -8, R0), Instruction.Exit),
        [KernelFeature.ForEachMapElement] = () => AskHelper(ProgramType.Kprobe, HelperId.ForEachMapElem),
        [KernelFeature.HashLookupAndDelete] = MapProbe.HasHashLookupAndDelete,
        [KernelFeature.PerfLink] = LinkProbe.HasPerfLink,
        [KernelFeature.AttachCookie] = () => AskHelper(ProgramType.Kprobe, HelperId.GetAttachCookie),
        [KernelFeature.Loop] = () => AskHelper(ProgramType.Kprobe, HelperId.Loop),
        [KernelFeature.KprobeMulti] = LinkProbe.HasKprobeMulti,
        [KernelFeature.DynamicPointers] = () => AskHelper(ProgramType.Kprobe, HelperId.DynptrFromMem),
        [KernelFeature.PerCpuLookup] = () => AskHelper(ProgramType.Kprobe, HelperId.MapLookupPercpuElem),
        [KernelFeature.OpenCodedIterators] = () => KernelBtfFile.HasString("bpf_iter_num_new"),
        [KernelFeature.UprobeMulti] = () => LinkProbe.HasUprobeMulti(AttachType.TraceUprobeMulti),
        [KernelFeature.InstructionSetV4] = () => ProgramProbe.Loads(
            Instruction.Mov(R0, 1), Instruction.MovSigned(R0, R0, 8), Instruction.Exit),
        [KernelFeature.MayGoto] = () => ProgramProbe.Loads(Instruction.Mov(R0, 0), Instruction.MayGoto(1), Instruction.Mov(R0, 1), Instruction.Exit),
        [KernelFeature.UprobeSession] = () => LinkProbe.HasUprobeMulti(AttachType.TraceUprobeSession),
        [KernelFeature.LoadAcquire] = () => ProgramProbe.Loads(
            Instruction.StoreConstant(MemorySize.DoubleWord, R10, -8, 0),
            Instruction.LoadAcquire(MemorySize.DoubleWord, R0, R10, -8), Instruction.Exit),
        [KernelFeature.LargeMapKeys] = () => MapProbe.CanCreate(MapType.Hash, 1024, 8, 1),
        [KernelFeature.BtfVariables] = () => BtfProbe.Loads(types => types.AddDataSection(".bss", 4, new BtfSectionEntrySpec(types.AddVariable("v", BtfProbe.Int(types)), 0, 4))),
        [KernelFeature.BtfGlobalFunctions] = () => BtfProbe.Loads(types => types.AddFunction("f", types.AddFunctionPrototype(BtfProbe.Int(types)), BtfLinkage.Global)),
        [KernelFeature.BtfFloats] = () => BtfProbe.Loads(types => types.AddFloat("double", 8)),
        [KernelFeature.BtfDeclarationTags] = () => BtfProbe.Loads(types => types.AddDeclarationTag("tag", types.AddTypedef("t", BtfProbe.Int(types)))),
        [KernelFeature.BtfTypeTags] = () => BtfProbe.Loads(types => types.AddPointer(types.AddTypeTag("tag", BtfProbe.Int(types)))),
        [KernelFeature.BtfEnum64] = () => BtfProbe.Loads(types => types.AddEnum("e", 8, isSigned: false, new BtfEnumeratorSpec("one", 1))),
        [KernelFeature.MappedKernelBtf] = KernelBtfFile.CanBeMapped,
    };

    /// <summary>The kernel's answer.</summary>
    /// <exception cref="ArgumentException">There is no probe for the feature.</exception>
    public static FeatureState Ask(KernelFeature feature)
    {
        ArgumentNullException.ThrowIfNull(feature);
        return answers.GetOrAdd(feature, static f =>
            probes.TryGetValue(f, out Func<FeatureState>? probe) ? probe() : throw new ArgumentException($"there is no probe for {f}"));
    }

    /// <summary>Whether programs of a type may call a helper.</summary>
    public static FeatureState AskHelper(ProgramType type, HelperId helper) =>
        helpers.GetOrAdd((type, helper), static question => ProgramProbe.HasHelper(question.Item1, question.Item2));

    /// <summary>EPERM is a refusal, anything else absence.</summary>
    internal static FeatureState StateOf(Errno error) => error == Errno.NotPermitted ? FeatureState.Refused : FeatureState.Absent;
}
