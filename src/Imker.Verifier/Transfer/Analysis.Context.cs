using Imker.Btf;
using Imker.Bytecode;
using Imker.Verifier.Code;
using Imker.Verifier.Context;
using Imker.Verifier.Domain;
using Imker.Verifier.State;

namespace Imker.Verifier.Transfer;

internal sealed partial class Analysis
{
    private bool IsTypedByKernel => program.Type is ProgramType.Tracing or ProgramType.Lsm or ProgramType.StructOps or ProgramType.Extension;

    private MapInfo? Arena { get; set; }

    private void SetEntryArguments() => registers[1] = RegisterState.Pointer(RegisterKind.Context);

    private RegisterState ReadContext(in RegisterState pointer, Register name, int offset, int size, bool isSigned)
    {
        int at = ContextOffset(pointer, name, offset);
        if (IsTypedByKernel)
            return ReadTypedContext(at, size);
        ContextAnswer answer = ContextTable.Ask(program, target, new ContextAccess(at, size, IsWrite: false, isSigned));
        if (!answer.IsAllowed)
            FailContext(at, size, "read");
        if (answer.Kind == RegisterKind.Scalar)
            return RegisterState.UnknownScalar;
        RegisterState loaded = RegisterState.Pointer(answer.Kind, answer.Flags);
        if (loaded.MayBeNull)
            loaded.Id = NewId();
        if (answer.KernelType is { } type)
            loaded = KernelPointer(type, answer.Flags);
        return loaded;
    }

    private void WriteContext(in RegisterState pointer, Register name, int offset, int size, in RegisterState value)
    {
        int at = ContextOffset(pointer, name, offset);
        RefuseLeak(value, name, "leaks addr into ctx");
        bool isAllowed = !IsTypedByKernel && ContextTable.Ask(program, target, new ContextAccess(at, size, IsWrite: true, IsSigned: false)).IsAllowed;
        if (!isAllowed)
            FailContext(at, size, "written");
    }

    private void FailContext(int at, int size, string how) => Fail(VerifierDiagnosticId.ContextAccess,
        $"invalid bpf_context access off={at} size={size}: these bytes of {ContextTable.NameOf(program.Type)} cannot be {how} in programs of type {KernelConstants.ProgramTypes.NameOf(program.Type)}");

    // Kernel: check_ptr_off_reg.
    private int ContextOffset(in RegisterState pointer, Register name, int offset)
    {
        bool isFree = program.Type == ProgramType.Syscall;
        if (!pointer.Number.IsConstant)
        {
            if (!isFree)
                Fail(VerifierDiagnosticId.ContextAccess, $"variable ctx access var_off={pointer.Number.Known} disallowed: {Name(name)} is {Describe(pointer)}");
            if (pointer.Number.Whole.UMax + (ulong)Math.Max(0, pointer.Offset + offset) >= ushort.MaxValue || pointer.Number.Whole.SMin < 0)
                Fail(VerifierDiagnosticId.ContextAccess, $"invalid bpf_context access off={pointer.Offset + offset}: {Name(name)} is {Describe(pointer)}");
            return pointer.Offset + offset;
        }
        if (pointer.Offset < 0)
            Fail(VerifierDiagnosticId.ContextAccess, $"negative offset ctx ptr {Name(name)} off={pointer.Offset} disallowed");
        if (pointer.Number.Value != 0 && !isFree)
            Fail(VerifierDiagnosticId.ContextAccess, $"variable ctx access var_off={pointer.Number.Known} disallowed");
        if (pointer.Offset != 0 && !isFree)
            Fail(VerifierDiagnosticId.ContextAccess, $"dereference of modified ctx ptr {Name(name)} off={pointer.Offset} disallowed: the context takes constant offsets in the access only");
        return pointer.Offset + offset + (int)pointer.Number.Value;
    }

    /// <summary>A pointer to a structure of the kernel; a number where its types are not known.</summary>
    private RegisterState KernelPointer(string type, PointerFlags flags)
    {
        if (target.Types is not { } types || !types.TryFind(BtfKind.Struct, type, out BtfType found))
            return RegisterState.UnknownScalar;
        RegisterState pointer = RegisterState.Pointer(RegisterKind.Btf, flags) with { Target = types, TypeId = found.Id };
        if (pointer.MayBeNull)
            pointer.Id = NewId();
        return pointer;
    }

    private bool MayWritePacket() => program.Type is ProgramType.SchedCls or ProgramType.SchedAct or ProgramType.Xdp or ProgramType.LwtXmit or ProgramType.SkSkb
        or ProgramType.SkMsg or ProgramType.CgroupSockopt;

    private RegisterState ReadSocket(in RegisterState pointer, Register name, int offset, int size)
    {
        if (pointer.Number.Whole.SMin < 0)
            Fail(VerifierDiagnosticId.OutOfBounds, $"{Name(name)} min value is negative, either use unsigned index or do a if (index >=0) check");
        var access = new ContextAccess(pointer.Offset + offset + (int)Math.Min(pointer.Number.Whole.UMax, int.MaxValue / 2), size, IsWrite: false, IsSigned: false);
        bool isAllowed = pointer.Kind switch
        {
            RegisterKind.SocketCommon => MayAccessCommon(access),
            RegisterKind.Socket => SocketContext.MayAccessSocket(access),
            RegisterKind.TcpSocket => SocketContext.MayAccessTcpSocket(access),
            _ => SocketContext.MayAccessXdpSocket(access),
        };
        if (!isAllowed)
            Fail(VerifierDiagnosticId.KernelObject, $"{Name(name)} invalid {Naming.KernelName(pointer)} access off={access.Offset} size={size}: a socket has no such field");
        return RegisterState.UnknownScalar;
    }

    // Of a socket of any kind only what all have (kernel: bpf_sock_common_is_valid_access).
    private static bool MayAccessCommon(in ContextAccess access) => !access.IsIn(8, 24) && SocketContext.MayAccessSocket(access);

    private RegisterState ReadMapObject(in RegisterState pointer, Register name, int offset, int size)
    {
        var map = (MapInfo)pointer.Target!;
        if (target.Types is not { } types || !types.TryFind(BtfKind.Struct, StructureOf(map), out BtfType structure))
            throw Refuse(VerifierDiagnosticId.MapUse, "bpf_map access not supported without the kernel's types");
        if (!pointer.Number.IsConstant)
            Fail(VerifierDiagnosticId.MapUse, $"{Name(name)} variable offset access to {Naming.KernelName(pointer)} is not supported");
        if (offset < 0)
            Fail(VerifierDiagnosticId.MapUse, $"{Name(name)} is {StructureOf(map)} invalid negative access: off={offset}");
        RegisterState loaded = ReadStructure(types, structure, offset, size, PointerFlags.None);
        return loaded.IsPointer ? loaded with { Flags = PointerFlags.Untrusted } : loaded;
    }

    private static string StructureOf(MapInfo map) => map.Type switch
    {
        MapType.Array or MapType.ProgArray or MapType.PerfEventArray or MapType.PerCpuArray or MapType.CgroupArray or MapType.ArrayOfMaps => "bpf_array",
        MapType.Hash or MapType.PerCpuHash or MapType.LruHash or MapType.LruPerCpuHash or MapType.HashOfMaps => "bpf_htab",
        MapType.RingBuffer or MapType.UserRingBuffer => "bpf_ringbuf_map",
        MapType.StackTrace => "bpf_stack_map",
        MapType.LpmTrie => "lpm_trie",
        MapType.Queue or MapType.Stack => "bpf_queue_stack",
        MapType.BloomFilter => "bpf_bloom_filter",
        MapType.Sockmap => "bpf_stab",
        MapType.Sockhash => "bpf_shtab",
        MapType.SkStorage or MapType.TaskStorage or MapType.InodeStorage or MapType.CgrpStorage => "bpf_local_storage_map",
        MapType.Devmap or MapType.DevmapHash => "bpf_dtab",
        MapType.Cpumap => "bpf_cpu_map",
        MapType.Xskmap => "xsk_map",
        MapType.Arena => "bpf_arena",
        _ => "bpf_map",
    };

    private static Scalar ScalarOf(int bytes) => ScalarArithmetic<Width64>.Truncate(Scalar.Unknown, bytes * 8);
}
