using Imker.Btf;
using Imker.Bytecode;
using Imker.Linux.Interop;
using Imker.Objects;

namespace Imker.Linux;

/// <summary>Asks the running kernel for types of programs and maps, by making the smallest one of each.</summary>
public static class TypeProbe
{
    private const int LogSize = 4096;
    private const uint AnyTypeId = 1;

    /// <summary>
    /// A type that the kernel knows gets as far as the verifier, or to what it is typed by: then its log says something. EPERM is a
    /// refusal.
    /// </summary>
    public static FeatureState Ask(ProgramType type)
    {
        Span<byte> code = stackalloc byte[2 * InstructionEncoder.SlotSize];
        InstructionEncoder.Encode(Instruction.Mov(Register.R0, 0), code);
        InstructionEncoder.Encode(Instruction.Exit, code[InstructionEncoder.SlotSize..]);
        byte[] log = new byte[LogSize];
        bool isTyped = type is ProgramType.Tracing or ProgramType.Lsm or ProgramType.StructOps or ProgramType.Extension;
        var parameters = new ProgramParameters
        {
            Name = "probe",
            Type = type,
            Instructions = code,
            ExpectedAttachType = AttachTypeOf(type),
            AttachBtfId = isTyped ? AnyTypeId : 0,
            IsSleepable = type == ProgramType.Syscall,
        };
        using Descriptor? program = KernelProgram.TryLoad(parameters, log, out Errno error);
        return program is not null || (error != Errno.NotPermitted && log[0] != 0) ? FeatureState.Present : FeatureProbes.StateOf(error);
    }

    /// <summary>Whether a map of the type can be made.</summary>
    public static FeatureState Ask(MapType type)
    {
        using BtfHandle? btf = IsStorage(type) ? NumberTypes() : null;
        using KernelMap? inner = type is MapType.ArrayOfMaps or MapType.HashOfMaps ? KernelMap.Create(new MapParameters(MapType.Array, 4, 4, 1)) : null;
        using Descriptor? map = KernelMap.TryCreate(ParametersOf(type) with { Btf = btf, BtfKeyType = btf is null ? 0 : AnyTypeId, BtfValueType = btf is null ? 0 : AnyTypeId, InnerMap = inner }, out Errno error);
        // A table of functions names what it is of; a kernel that knows the type says that this is missing, and none says how.
        return map is not null ? FeatureState.Present
            : type == MapType.StructOps && Ask(ProgramType.StructOps) == FeatureState.Present ? FeatureState.Present
            : FeatureProbes.StateOf(error);
    }

    /// <summary>What programs of a type that is asked for by attach type have to say; null where that is nothing.</summary>
    internal static AttachType? AttachTypeOf(ProgramType type) => type switch
    {
        ProgramType.CgroupSockAddr => AttachType.CgroupInet4Connect,
        ProgramType.CgroupSockopt => AttachType.CgroupGetsockopt,
        ProgramType.SkLookup => AttachType.SkLookup,
        ProgramType.Netfilter => AttachType.Netfilter,
        ProgramType.Tracing => AttachType.TraceRawTracepoint,
        ProgramType.Lsm => AttachType.LsmMac,
        _ => null,
    };

    private static bool IsStorage(MapType type) => type is MapType.SkStorage or MapType.InodeStorage or MapType.TaskStorage or MapType.CgrpStorage;

    private static BtfHandle NumberTypes()
    {
        var types = new BtfBuilder();
        types.AddInt("int", 4, BtfIntEncoding.Signed);
        return BtfHandle.Load(types.ToArray());
    }

    private static MapParameters ParametersOf(MapType type)
    {
        uint page = (uint)Environment.SystemPageSize;
        return type switch
        {
            MapType.RingBuffer or MapType.UserRingBuffer => new MapParameters(type, 0, 0, page),
            MapType.Queue or MapType.Stack or MapType.BloomFilter => new MapParameters(type, 0, 4, 1),
            MapType.StackTrace => new MapParameters(type, 4, 8, 1),
            MapType.LpmTrie => new MapParameters(type, 8, 8, 1) { Flags = MapFlags.NoPreallocation },
            MapType.CgroupStorage or MapType.PerCpuCgroupStorage => new MapParameters(type, 16, 8, 0),
            MapType.Arena => new MapParameters(type, 0, 0, 1) { Flags = MapFlags.MemoryMappable },
            _ when IsStorage(type) => new MapParameters(type, 4, 4, 0) { Flags = MapFlags.NoPreallocation },
            _ => new MapParameters(type, 4, 4, 1),
        };
    }
}
